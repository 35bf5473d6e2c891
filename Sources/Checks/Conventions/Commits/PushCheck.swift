import Git
import Platform

/// Looks at what is about to be pushed: the names of new branches, and the messages of commits that the remote has not.
package struct PushCheck {
  private let commits: CommitCheck
  private let git: Repository
  /// No more commits than this are looked at, as in the first push of an old project.
  private static let limit = 200

  package init(_ selection: RuleSelection, _ git: Repository) throws {
    commits = try CommitCheck(selection)
    self.git = git
  }

  /// - Parameter lines: as git gives them to `pre-push`: local ref, local id, remote ref, remote id.
  package func findings(_ lines: [String]) throws -> [Finding] {
    var findings: [Finding] = []
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 4, !parts[1].allSatisfy({ $0 == "0" }) else { continue }
      let isNew = parts[3].allSatisfy { $0 == "0" }
      let prefix = "refs/heads/"
      if isNew, parts[2].hasPrefix(prefix) {
        findings += commits.findings(
          branch: String(parts[2].dropFirst(prefix.count)), isCommitting: false)
      }
      guard !isNew else { continue }
      for commit in try git.history(of: parts[1], limit: Self.limit) {
        if commit.id == parts[3] { break }
        guard (try? git.isCommit(commit.id, reachableFrom: parts[3])) != true else { continue }
        let message = try git.message(of: commit.id)
        findings += commits.findings(
          message: message, path: "commit \(commit.id.prefix(10))", isFile: false)
      }
    }
    return findings
  }
}
