import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Merging a file as `git merge-file --diff3` does") struct FileMergeTests {
  private static let labels = FileMerge.Labels(ours: "project", base: "old", theirs: "new version")

  private func merge(_ base: String, _ ours: String, _ theirs: String) throws -> (String, Bool) {
    let merge = try FileMerge(
      base: Array(base.utf8), ours: Array(ours.utf8), theirs: Array(theirs.utf8),
      labels: Self.labels)
    return (String(decoding: merge.content, as: UTF8.self), merge.hasConflicts)
  }

  @Test("changes in different places are both kept")
  func clean() throws {
    let (text, conflicts) = try merge("a\nb\nc\nd\ne\n", "A\nb\nc\nd\ne\n", "a\nb\nc\nd\nE\n")
    #expect(text == "A\nb\nc\nd\nE\n")
    #expect(!conflicts)
  }

  @Test("the same place changed differently shows both and what was there")
  func conflict() throws {
    let (text, conflicts) = try merge("a\nb\nc\n", "a\nours\nc\n", "a\ntheirs\nc\n")
    #expect(
      text == """
        a
        <<<<<<< project
        ours
        ||||||| old
        b
        =======
        theirs
        >>>>>>> new version
        c

        """)
    #expect(conflicts)
  }

  @Test("markers end as the lines of the file do")
  func carriageReturns() throws {
    let (text, _) = try merge("a\r\nb\r\n", "a\r\nours\r\n", "a\r\ntheirs\r\n")
    #expect(text.utf8.count { $0 == 0x0A } == text.utf8.count { $0 == 0x0D })
  }

  @Test("a label cannot bring lines of its own")
  func label() throws {
    #expect(throws: Failure.self) {
      try FileMerge(
        base: [], ours: [], theirs: [], labels: .init(ours: "a\nb", base: "", theirs: ""))
    }
  }

  /// A text of few kinds of lines, so that both sides often change the same.
  private func text(_ random: inout SeededRandom) -> [UInt8] {
    let words = ["a", "b", "c", "{", "}", "", "  x = 1", "\t", "é", "\u{FF}x"]
    let end = random.pick(["\n", "\n", "\n", "\r\n"])
    var text: [UInt8] = []
    for _ in 0..<Int(random.next() % 24) {
      text += random.pick(words).utf8
      text += (random.chance(1, of: 12) ? "\r\n" : end).utf8
    }
    if random.chance(1, of: 8) { text.append(0xFF) }
    if random.chance(1, of: 4), !text.isEmpty { text.removeLast() }
    return text
  }

  private func edit(_ text: [UInt8], _ random: inout SeededRandom) -> [UInt8] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    for _ in 0..<Int(random.next() % 4) {
      let place = Int(random.next() % UInt64(lines.count))
      switch random.next() % 4 {
      case 0: lines.remove(at: place)
      case 1: lines.insert(Array(random.pick(["new", "a", "b", "}", ""]).utf8), at: place)
      case 2: lines[place] = Array(random.pick(["changed", "a", "changed too\r"]).utf8)
      default: lines.append(Array("end".utf8))
      }
      if lines.isEmpty { lines.append([]) }
    }
    return Array(lines.joined(separator: [0x0A]))
  }

  @Test("random texts merge as git merges them", arguments: 0..<8)
  func likeGit(seed: Int) throws {
    let box = try GitSandbox(initialized: false)
    var random = SeededRandom(seed: UInt64(seed))
    var script = "set +e\n"
    var merges: [FileMerge] = []
    let count = 150
    for number in 0..<count {
      let base = text(&random)
      let ours = edit(base, &random)
      let theirs = random.chance(1, of: 10) ? text(&random) : edit(base, &random)
      try box.write(base, to: "\(number).base")
      try box.write(ours, to: "\(number).ours")
      try box.write(theirs, to: "\(number).theirs")
      script += """
        git merge-file -p --diff3 -L project -L old -L 'new version' \
        \(number).ours \(number).base \(number).theirs > \(number).out; echo $?

        """
      merges.append(try FileMerge(base: base, ours: ours, theirs: theirs, labels: Self.labels))
    }
    let statuses = try box.shell(script).split(separator: "\n").map { Int($0) ?? -1 }
    try #require(statuses.count == count)
    for number in 0..<count {
      let expected = try FileSystem.read(box.path.appending("\(number).out"))
      #expect(
        merges[number].content == expected, "case \(seed)/\(number)")
      #expect(merges[number].hasConflicts == (statuses[number] != 0), "case \(seed)/\(number)")
    }
  }
}
