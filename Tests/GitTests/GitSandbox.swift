import Platform
import Support
import SystemPackage
import Testing

@testable import Git

/// A folder in which a test drives the real `git`.
final class GitSandbox: Sendable {
  private let folder: TemporaryFolder
  /// The repository's folder.
  let path: FilePath

  /// - Parameter name: of the repository in the sandbox; it is made when `initialized`.
  init(_ name: String = "work", initialized: Bool = true) throws {
    folder = try TemporaryFolder()
    path = folder.path.appending(name)
    try FileSystem.createDirectory(path)
    if initialized { try git("init", "-q", "-b", "main", ".") }
  }

  deinit {
    // Names that are no UTF-8 are left by the folder's own removal.
    _ = try? HelperProgram.run(["/bin/rm", "-rf", folder.path.string], seconds: 60)
  }

  /// Removes what is beside the repository.
  func removeBeside(_ name: String) throws { try run(["/bin/rm", "-rf", beside(name).string]) }

  /// A path beside the repository.
  func beside(_ name: String) -> FilePath { folder.path.appending(name) }

  /// Runs git in the repository and gives its output; any failure fails the test.
  @discardableResult
  func git(_ arguments: String..., input: [UInt8] = [], at place: FilePath? = nil) throws -> String
  {
    String(decoding: try gitBytes(arguments, input: input, at: place), as: UTF8.self)
  }

  @discardableResult
  func gitBytes(_ arguments: [String], input: [UInt8] = [], at place: FilePath? = nil) throws
    -> [UInt8]
  {
    let result = try run(["git"] + arguments, input: input, at: place)
    guard result.status == 0 else {
      // Once more for what it says.
      let again = try run(
        ["/bin/sh", "-c", "exec git \"$@\" 2>&1", "git"] + arguments, input: input, at: place)
      throw Failure(
        .io, "git \(arguments.joined(separator: " ")) ended with \(result.status)",
        cause: String(decoding: again.output, as: UTF8.self))
    }
    return result.output
  }

  @discardableResult
  func run(_ arguments: [String], input: [UInt8] = [], at place: FilePath? = nil) throws
    -> HelperProgram.Result
  {
    try HelperProgram.run(
      arguments, input: input, in: place ?? path,
      environment: [
        "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "A",
        "GIT_COMMITTER_EMAIL": "a@example.org", "GIT_AUTHOR_DATE": "1700000000 +0000",
        "GIT_COMMITTER_DATE": "1700000000 +0000", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C",
        "GIT_CONFIG_COUNT": "3", "GIT_CONFIG_KEY_0": "protocol.file.allow",
        "GIT_CONFIG_VALUE_0": "always", "GIT_CONFIG_KEY_1": "advice.detachedHead",
        "GIT_CONFIG_VALUE_1": "false", "GIT_CONFIG_KEY_2": "core.quotePath",
        "GIT_CONFIG_VALUE_2": "false",
      ], limit: 1 << 28, seconds: 60)
  }

  /// Runs a shell script in the repository.
  @discardableResult
  func shell(_ script: String, at place: FilePath? = nil) throws -> String {
    let result = try run(["/bin/sh", "-ec", script], at: place)
    guard result.status == 0 else {
      throw Failure(.io, "the script ended with \(result.status): \(script)")
    }
    return String(decoding: result.output, as: UTF8.self)
  }

  func write(_ text: String, to name: String, mode: UInt32 = 0o644) throws {
    try write(Array(text.utf8), to: name, mode: mode)
  }

  func write(_ bytes: [UInt8], to name: String, mode: UInt32 = 0o644) throws {
    let file = path.appending(name)
    try FileSystem.createDirectory(file.removingLastComponent())
    try FileSystem.write(bytes, to: file, mode: mode, durable: false)
  }

  /// Commits everything that is there.
  @discardableResult
  func commit(_ message: String = "change") throws -> String {
    try git("add", "-A")
    try git("commit", "-q", "--allow-empty", "-m", message)
    return try git("rev-parse", "HEAD").trimmed
  }

  func open() throws -> Repository { try #require(try Repository.discover(from: path)) }

  /// Everything a checkout holds: path, mode and content, as `find` tells them; `.git` left out.
  func listing(of place: FilePath) throws -> [String] {
    let script = #"""
      find . -name .git -prune -o \( -type f -o -type l \) -print0 | LC_ALL=C sort -z |
      while IFS= read -r -d '' f; do
        if [ -L "$f" ]; then printf 'link %s %s\n' "$f" "$(readlink "$f" | base64 -w0)"
        else if [ -x "$f" ]; then m=755; else m=644; fi
          printf '%s %s %s\n' $m "$f" "$(sha256sum < "$f")"; fi
      done
      """#
    let result = try run(["/bin/bash", "-c", script], at: place)
    return String(decoding: result.output, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}

extension String {
  var trimmed: String { String(split(separator: "\n").first ?? "") }
}
