import Git
import Platform
import Records
import SystemPackage

/// How the code of two runs differs: commits and uncommitted changes together, as one git diff.
package struct CodeDifference: Sendable, Hashable {
  /// A unified diff; empty when the code is the same or cannot be compared.
  package let text: String
  /// What a person should know: that a commit is gone, that the diff is between patches only.
  package let note: String?

  package var isEmpty: Bool { text.isEmpty && note == nil }

  /// - Parameter project: the folder whose repository holds the commits.
  package init(_ a: Run, _ b: Run, project: FilePath) throws {
    let (left, right) = (CodeDifference.state(a), CodeDifference.state(b))
    guard left.commit != right.commit || left.patch != right.patch else {
      (text, note) = ("", nil)
      return
    }
    guard let first = left.commit, let second = right.commit else {
      text = ""
      note = "\(left.commit == nil ? "the first" : "the second") run has no commit"
      return
    }
    guard let repository = try Repository.discover(from: project) else {
      (text, note) = (
        "", "commits \(first.prefix(12)) and \(second.prefix(12)); no repository here"
      )
      return
    }
    do {
      let bytes = try repository.diff(
        from: CodeVersion(commit: first, patch: left.patch),
        to: CodeVersion(commit: second, patch: right.patch))
      text = String(decoding: bytes, as: UTF8.self)
      note = first == second ? nil : "commit \(first.prefix(12)) → \(second.prefix(12))"
    } catch let failure as Failure {
      text = ""
      note = "the code cannot be compared: \(failure.message)"
    }
  }

  private static func state(_ run: Run) -> (commit: String?, patch: [UInt8]) {
    let commit = run.tags.first { $0.key == "mlflow.source.git.commit" }?.value
    let file = FilePath(run.artifactURI).appending("code/uncommitted.patch")
    return (commit, (try? FileSystem.read(file)) ?? [])
  }
}
