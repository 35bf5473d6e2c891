import Glibc
import Platform
import Support
import SystemPackage

@testable import Git

/// A repository that is edited at random, as people and git itself do it.
struct RandomWorkTree {
  let box: GitSandbox
  var random: SeededRandom

  init(seed: Int) throws {
    box = try GitSandbox()
    random = SeededRandom(seed: UInt64(seed))
    if Bool.random(using: &random) {
      try box.git("config", "core.autocrlf", pick(["true", "input"]))
    }
  }

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: values.indices, using: &random)]
  }

  /// A path of bytes; a small alphabet, so that edits meet each other.
  mutating func name() -> [UInt8] {
    let parts: [[UInt8]] = [
      "a", "b", "a.b", "a-b", "a b", "é", "lib", "build", "data.csv", "x.log", ".hidden", "A0",
      "q\"uo\\te",
      "tab\there", "end ", "[x]",
    ].map { Array($0.utf8) }
    let odd: [[UInt8]] = [[0x66, 0xFF], Array("line\nfeed".utf8)]
    var path: [UInt8] = []
    for depth in 0...Int.random(in: 0...2, using: &random) {
      if depth > 0 { path.append(0x2F) }
      path += Int.random(in: 0..<12, using: &random) == 0 ? pick(odd) : pick(parts)
    }
    return path
  }

  mutating func content() -> [UInt8] {
    switch Int.random(in: 0..<10, using: &random) {
    case 0: return []
    case 1:
      return (0..<Int.random(in: 1...400, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
    case 2: return Array("no line end".utf8)
    case 3: return Array("dos\r\nlines\r\n\(Int.random(in: 0...9, using: &random))\r\n".utf8)
    case 4: return Array("mixed\r\nlines\n".utf8)
    case 5: return Array("lone \r return\n".utf8)
    default:
      var text = ""
      for line in 0..<Int.random(in: 1...40, using: &random) {
        text += Int.random(in: 0..<8, using: &random) == 0 ? "changed\n" : "line \(line)\n"
      }
      return Array((Bool.random(using: &random) ? text : text + "tail").utf8)
    }
  }

  /// One edit; those that do not fit the state do nothing.
  mutating func edit() throws {
    let path = name()
    switch Int.random(in: 0..<26, using: &random) {
    case 0..<8: try write(content(), path)
    case 8: remove(path)
    case 9: withFull(path) { _ = chmod($0, 0o755) }
    case 10: withFull(path) { _ = chmod($0, 0o644) }
    case 11:
      let target = Array("to/\(Int.random(in: 0...3, using: &random))".utf8)
      try makeFolders(path)
      withPath(target[...]) { target in withFull(path) { _ = symlink(target, $0) } }
    case 12:
      let other = name()
      try makeFolders(other)
      withFull(path) { from in withFull(other) { _ = rename(from, $0) } }
    case 13: withFull(path) { _ = mkdir($0, 0o755) }
    case 14: withFull(path) { _ = utimensat(AT_FDCWD, $0, nil, 0) }
    case 15: try appendLine(path)
    case 16: try writeIgnoreFile()
    case 17: _ = try box.run(["git", "add", "-A"])
    case 18: _ = try git("add", path)
    case 19: _ = try git("rm", path, ["-r", "-q", "--cached"])
    case 20: _ = try git("add", path, ["-N"])
    case 21: _ = try box.run(["git", "reset", "-q", "--", "."])
    case 22:
      _ = try box.run(["git", "commit", "-q", "-m", "some"])
    case 23: try replaceByFolder(path)
    case 24: _ = try git("update-index", path, ["--chmod=+x"])
    default: _ = try box.run(["git", "checkout", "-q", "--", "."])
    }
  }

  private func git(_ verb: String, _ path: [UInt8], _ options: [String] = []) throws {
    // Names that are no UTF-8 cannot be passed as an argument here; git reads them from a file.
    let list = box.beside("list")
    try FileSystem.write(path + [0], to: list, durable: false)
    if verb == "update-index" {
      _ = try box.run(
        ["git", verb, "-z"] + options + ["--stdin"], input: path + [0])
    } else {
      _ = try box.run(
        ["git", "--literal-pathspecs", verb] + options
          + ["--pathspec-from-file=\(list)", "--pathspec-file-nul"])
    }
  }

  private func withFull<R>(_ path: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
    withPath((Array(box.path.string.utf8) + [0x2F] + path)[...], body)
  }

  private func makeFolders(_ path: [UInt8]) throws {
    for (place, byte) in path.enumerated() where byte == 0x2F {
      withFull(Array(path[..<place])) { _ = mkdir($0, 0o755) }
    }
  }

  private func write(_ content: [UInt8], _ path: [UInt8]) throws {
    try makeFolders(path)
    withFull(path) { path in
      let file = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW, 0o644)
      guard file >= 0 else { return }
      _ = content.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      close(file)
    }
  }

  private func appendLine(_ path: [UInt8]) throws {
    withFull(path) { path in
      let file = Glibc.open(path, O_WRONLY | O_APPEND | O_NOFOLLOW)
      guard file >= 0 else { return }
      _ = Glibc.write(file, "more\n", 5)
      close(file)
    }
  }

  private func remove(_ path: [UInt8]) {
    withFull(path) { _ = Glibc.remove($0) }
  }

  private mutating func replaceByFolder(_ path: [UInt8]) throws {
    remove(path)
    try write(content(), path + Array("/inner".utf8))
  }

  private mutating func writeIgnoreFile() throws {
    let patterns = [
      "*.log", "build/", "/a", "!x.log", "lib/*", "!lib/a", "**/b", "a/**", "a.?", "[ab]*", "# no",
      "",
      "*.csv ", "é", "A[0-9]", "\\[x\\]", "a/**/b", "end\\ ", "!a", "*", "!*/", "lib", "**/lib/**",
    ]
    let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in pick(patterns) }
    let folder = pick(["", "", "lib/", "a/"])
    try write(Array(lines.joined(separator: "\n").utf8), Array("\(folder).gitignore".utf8))
  }
}
