import Git
import Support
import Testing

@testable import Templates

@Suite("Two versions without a base") struct TwoWayMergeTests {
  private static let labels = FileMerge.Labels(ours: "O", base: "B", theirs: "T")

  @Test(
    "every difference is put between markers",
    arguments: [
      ("1\n2\n3\n", "1\nx\n3\n", "1\n<<<<<<< O\n2\n=======\nx\n>>>>>>> T\n3\n"),
      ("", "1\n", "<<<<<<< O\n=======\n1\n>>>>>>> T\n"),
      ("1\n", "", "<<<<<<< O\n1\n=======\n>>>>>>> T\n"),
      ("1", "2", "<<<<<<< O\n1\n=======\n2\n>>>>>>> T\n"),
      ("1\n2", "1\n2\n", "1\n<<<<<<< O\n2\n=======\n2\n>>>>>>> T\n"),
      ("1\r\n2\r\n", "1\r\n3\r\n", "1\r\n<<<<<<< O\r\n2\r\n=======\r\n3\r\n>>>>>>> T\r\n"),
      ("same\n", "same\n", "same\n"),
      (
        "--- a\n+b\n@@ -1 @@\n", "--- a\n@@ -1 @@\n",
        "--- a\n<<<<<<< O\n+b\n=======\n>>>>>>> T\n@@ -1 @@\n"
      ),
    ])
  func markers(ours: String, theirs: String, expected: String) throws {
    let merge = try TwoWayMerge(
      ours: Array(ours.utf8), theirs: Array(theirs.utf8), labels: Self.labels)
    #expect(String(decoding: merge.content, as: UTF8.self) == expected)
  }

  @Test("taking one side of every conflict gives that side back", arguments: 0..<200)
  func sides(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    func text() -> [UInt8] {
      var lines = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
        "line \(Int.random(in: 0..<6, using: &random))\n"
      }.joined()
      if Bool.random(using: &random), !lines.isEmpty { lines.removeLast() }
      return Array(lines.utf8)
    }
    let (ours, theirs) = (text(), text())
    let merge = try TwoWayMerge(ours: ours, theirs: theirs, labels: Self.labels)
    var sides = (ours: [String](), theirs: [String]())
    var place = 0
    for line in String(decoding: merge.content, as: UTF8.self).split(separator: "\n") {
      switch line {
      case "<<<<<<< O": place = 1
      case "=======": place = 2
      case ">>>>>>> T": place = 0
      default:
        if place != 2 { sides.ours.append(String(line)) }
        if place != 1 { sides.theirs.append(String(line)) }
      }
    }
    #expect(
      sides.ours == String(decoding: ours, as: UTF8.self).split(separator: "\n").map(String.init))
    #expect(
      sides.theirs
        == String(decoding: theirs, as: UTF8.self).split(separator: "\n").map(String.init))
  }
}
