import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Ignore rules, with git as the judge") struct IgnoreTests {
  /// A pattern of up to twelve pieces that mean something to git.
  private func pattern(_ random: inout SeededRandom) -> String {
    let pieces = [
      "a", "b", "ab", "c", "/", "/", "*", "**", "?", "[ab]", "[!a]", "[^b]", "[a-c]", "[]a]",
      "[[:alpha:]]",
      "[[:digit:]-]", "[\\]]", "\\*", "\\a", "[a", "[", "]", ".", "!", " ", "\\ ", "#", "é", "-",
    ]
    var text = ""
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      text += pieces.randomElement(using: &random) ?? ""
    }
    return text
  }

  @Test("untracked files are those that git finds, under random rules", arguments: 0..<40)
  func agree(seed: Int) throws {
    let box = try GitSandbox()
    var random = SeededRandom(seed: UInt64(seed) &+ 1000)
    let names = ["a", "b", "ab", "c", "a.b", "é", "*", "1", "-", "abc", " a", "a ", "#a", "!a"]
    for _ in 0..<60 {
      var path: [String] = []
      for _ in 0...Int.random(in: 0...3, using: &random) {
        path.append(names.randomElement(using: &random) ?? "a")
      }
      // A name may be a folder already, or a folder a name.
      try? box.write("x", to: path.joined(separator: "/"))
    }
    for round in 0..<6 {
      for folder in ["", "a/", "ab/", "a/b/"] where round == 0 || Bool.random(using: &random) {
        let lines = (0..<Int.random(in: 1...5, using: &random)).map { _ in pattern(&random) }
        try? box.write(
          lines.joined(separator: round % 2 == 0 ? "\n" : "\r\n") + "\n", to: folder + ".gitignore")
      }
      try box.write(pattern(&random) + "\n", to: ".git/info/exclude")
      let ours = try box.open().changes().files.map(\.string)
      let theirs = try box.gitBytes(["ls-files", "-o", "--exclude-standard", "-z"])
        .split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
      let rules = try box.shell(
        "head -n 20 .gitignore */.gitignore .git/info/exclude 2>/dev/null || true")
      #expect(Set(theirs).subtracting(ours) == [], "git shows these: \(rules)")
      #expect(Set(ours).subtracting(theirs) == [], "git ignores these: \(rules)")
    }
  }

  @Test("a hostile pattern costs no more than its length times the name's")
  func hostile() {
    let pattern = Array(String(repeating: "*a", count: 200).utf8)
    let wildcard = Wildcard(pattern[...], crossesSlashes: false)
    #expect(!wildcard.matches(Array(repeating: UInt8(ascii: "a"), count: 3000)[...] + [0x62]))
  }

  @Test("the user's own ignore file counts")
  func global() throws {
    let box = try GitSandbox()
    try box.write("*.mine\n", to: "rules")
    try box.git("config", "core.excludesFile", box.path.appending("rules").string)
    try box.write("x", to: "a.mine")
    #expect(try box.open().changes().files == ["rules"])
  }
}
