import Platform
import SystemPackage
import Testing

@testable import Git

@Suite("Random work trees, with git as the judge") struct RandomChangesTests {
  /// Each seed is a repository that is looked at six times while it is edited.
  @Test("dirty when git says so, and the patch rebuilds the work tree", arguments: 0..<40)
  func agree(seed: Int) throws {
    var tree = try RandomWorkTree(seed: seed)
    for step in 0..<6 {
      for _ in 0..<12 { try tree.edit() }
      let box = tree.box
      let changes = try box.open().changes()
      let status = try box.git("status", "--porcelain", "-uall")
      #expect(changes.isDirty == !status.isEmpty, "step \(step): git says \(status)")
      // A work tree in which git itself would not see the line ends it stores is not rebuilt byte by byte.
      try compare(box, changes, "seed \(seed) step \(step): \(status)")
    }
  }

  /// Applies the patch to a clone; every path that git tracks or would add must be the same in both.
  private func compare(_ box: GitSandbox, _ changes: WorkTreeChanges, _ note: String) throws {
    let clone = box.beside("clone")
    try box.removeBeside("clone")
    let hasCommit = try box.open().head().commit != nil
    try FileSystem.createDirectory(clone)
    try box.git("init", "-q", ".", at: clone)
    // Both sides are compared as git stores them, whatever the line ends in the work tree are.
    let setting = try box.run(["git", "config", "core.autocrlf"])
    if setting.status == 0 {
      let value = String(decoding: setting.output, as: UTF8.self).trimmed
      try box.git("config", "core.autocrlf", value, at: clone)
    }
    if hasCommit {
      try box.git("fetch", "-q", box.path.string, "HEAD", at: clone)
      try box.git("checkout", "-q", "FETCH_HEAD", at: clone)
    }
    if !changes.patch.isEmpty {
      try box.gitBytes(
        ["apply", "--binary", "--whitespace=nowarn", "-"], input: changes.patch, at: clone)
    }
    let ours = try stored(box, at: clone, and: nil)
    let theirs = try stored(box, at: box.path, and: hasCommit ? "HEAD" : nil)
    #expect(ours.filter { !theirs.contains($0) } == [], "\(note)")
    #expect(theirs.filter { !ours.contains($0) } == [], "\(note)")
  }

  /// What git would store of all files that are there: mode, object, path.
  private func stored(_ box: GitSandbox, at place: FilePath, and head: String?) throws -> [String] {
    let script = #"""
      export GIT_INDEX_FILE="$PWD/../judge-index"
      rm -f "$GIT_INDEX_FILE"
      cp .git/index "$GIT_INDEX_FILE" 2>/dev/null || true
      """#
      + (head == nil
        ? ""
        : #"""

        export GIT_LITERAL_PATHSPECS=1
        git diff --cached --no-renames --diff-filter=D --name-only -z HEAD |
        while IFS= read -r -d '' f; do if [ -L "$f" ] || [ -f "$f" ]; then git add -f -- "$f"; fi; done
        """#)
      + (place == box.path ? "\ngit add -A 2>/dev/null" : "\ngit add -A -f 2>/dev/null")
      + "\ngit ls-files -s -z"
    let result = try box.run(["/bin/bash", "-c", script], at: place)
    return result.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
