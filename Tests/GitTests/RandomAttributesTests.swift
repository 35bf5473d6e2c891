import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Line ends and filters, with git as the judge") struct RandomAttributesTests {
  @Test("a checkout is what git's own is", arguments: 0..<60) func agree(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed) + 9000)
    let box = try GitSandbox()
    let contents = [
      "", "a\n", "a\nb\n", "a\r\nb\r\n", "a\r\nb\n", "a\rb\n", "a\0b\n", "no end", "end\r",
      "$Id$\n", "$Id: old $\r\nx\n", "\u{1A}\n", "é\n\n\n", "\r\n",
    ]
    let words = [
      "text", "-text", "!text", "text=auto", "eol=lf", "eol=crlf", "binary", "crlf", "-crlf",
      "crlf=input", "ident", "filter=up", "filter=none",
    ]
    let names = ["a.txt", "b.dat", "sub/a.txt", "sub/c", "sub/deep/b.dat", "x y"]
    for name in names + ["l1", "l2", "l3", "l4", "l5", "l6"] {
      try box.write(contents[Int.random(in: contents.indices, using: &random)], to: name)
    }
    try box.git("add", "-A")
    try box.git("commit", "-q", "-m", "raw")
    for file in [".gitattributes", "sub/.gitattributes"]
    where Int.random(in: 0..<4, using: &random) > 0 {
      let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        let pattern = ["*", "*.txt", "*.dat", "/sub/*", "c", "a.txt", "l*"]
        return pattern[Int.random(in: pattern.indices, using: &random)] + " "
          + words[Int.random(in: words.indices, using: &random)]
      }
      try box.write(lines.joined(separator: "\n") + "\n", to: file)
      try box.git("add", file)
    }
    let commit = try box.git("commit-tree", "-m", "x", box.git("write-tree").trimmed).trimmed
    var settings: [String] = ["filter.up.smudge=tr a-z A-Z", "filter.up.clean=cat"]
    settings +=
      [[], ["core.autocrlf=true"], ["core.autocrlf=input"], ["core.eol=crlf"]][
        Int.random(in: 0..<4, using: &random)]
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      try box.git("config", parts[0], parts[1])
    }
    let out = box.beside("out")
    _ = try box.open().checkOut(commit: commit, into: out)
    try box.git("clone", "-q", "--no-checkout", ".", "../judge")
    let judge = box.beside("judge")
    try box.shell("cp ../work/.git/config .git/config", at: judge)
    try box.git("fetch", "-q", "../work", commit, at: judge)
    try box.git("checkout", "-q", "--detach", "FETCH_HEAD", at: judge)
    let differences = try FolderListing(out, box).differences(to: FolderListing(judge, box))
    #expect(differences == [], "seed \(seed): \(settings)")
    #expect(try box.git("status", "--porcelain", at: out) == "", "seed \(seed)")
  }
}
