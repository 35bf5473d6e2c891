import Git
import Glibc
import Platform
import SystemPackage

/// The hooks that git calls: small scripts that call the program, and what was there before.
package struct GitHooks {
  package enum Kind: String, CaseIterable, Sendable {
    case preCommit = "pre-commit"
    case commitMessage = "commit-msg"
    case prePush = "pre-push"
  }

  package enum Change: Sendable, Equatable {
    case installed
    /// A hook that was there runs first.
    case chained
    /// It was ours, and is as it should be.
    case same
    case removed
    /// What was there before is back.
    case restored
    case none
  }

  private let folder: FilePath
  private let program: FilePath

  /// In every script of ours.
  private static let mark = "# reprise-hook"
  /// What a hook that was there is called meanwhile.
  private static let before = ".before-reprise"

  /// - Parameter program: is called where `reprise` is not on the PATH, as in editors that know no shell.
  package init(_ git: Repository, program: FilePath) {
    folder = git.hooksFolder
    self.program = program
  }

  /// Puts a hook in place; one that is there already runs before it.
  package func install(_ kind: Kind) throws -> Change {
    try FileSystem.createDirectory(folder)
    let path = folder.appending(kind.rawValue)
    let text = script(kind)
    var change = Change.installed
    if try FileSystem.linkStatus(path) != nil {
      if isOurs(path) {
        if (try? FileSystem.readText(path)) == text { return .same }
      } else {
        let kept = folder.appending(kind.rawValue + Self.before)
        guard try FileSystem.linkStatus(kept) == nil else {
          throw Failure(
            .conflict, "`\(kept)` is there already: an older hook would be lost",
            hint: "look at it, then move it away")
        }
        try FileSystem.rename(path, to: kept)
        change = .chained
      }
    }
    try FileSystem.write(Array(text.utf8), to: path, mode: 0o755)
    return change
  }

  /// Takes a hook away, and gives back what was there before.
  package func uninstall(_ kind: Kind) throws -> Change {
    let path = folder.appending(kind.rawValue)
    guard isOurs(path) else { return .none }
    let kept = folder.appending(kind.rawValue + Self.before)
    guard try FileSystem.linkStatus(kept) != nil else {
      try FileSystem.remove(path)
      return .removed
    }
    try FileSystem.rename(kept, to: path)
    return .restored
  }

  private func isOurs(_ path: FilePath) -> Bool {
    (try? FileSystem.readText(path, limit: 1 << 16))?.contains(Self.mark) == true
  }

  private func script(_ kind: Kind) -> String {
    let name = kind.rawValue
    let quoted =
      "'"
      + program.string.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: "'\\''") + "'"
    // What git says of a push comes on standard input, and both hooks want it.
    let isPush = kind == .prePush
    let call = isPush ? "printf '%s\\n' \"$lines\" | " : ""
    return """
      #!/bin/sh
      \(Self.mark): `reprise hooks uninstall` takes it away
      \(isPush ? "lines=$(cat)\n" : "")before="$(dirname "$0")/\(name)\(Self.before)"
      if [ -x "$before" ]; then \(call)"$before" "$@" || exit $?; fi
      program=reprise
      command -v reprise > /dev/null 2>&1 || program=\(quoted)
      if ! command -v "$program" > /dev/null 2>&1; then
        echo 'reprise is not installed here: git commit --no-verify, or take the hook away' >&2
        exit 1
      fi
      \(call)"$program" hooks run \(name) -- "$@"

      """
  }
}
