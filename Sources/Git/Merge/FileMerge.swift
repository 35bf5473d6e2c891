import CGit2
import Platform

/// A three-way merge of one file's text, in memory: what `git merge-file --diff3` writes.
package struct FileMerge: Sendable, Hashable {
  /// The merged text; with conflict markers around what could not be merged.
  package var content: [UInt8]
  /// Whether both sides changed the same lines differently somewhere.
  package var hasConflicts: Bool

  /// What stands behind the markers `<<<<<<<`, `|||||||` and `>>>>>>>`.
  package struct Labels: Sendable, Hashable {
    package var ours: String
    package var base: String
    package var theirs: String

    package init(ours: String, base: String, theirs: String) {
      self.ours = ours
      self.base = base
      self.theirs = theirs
    }
  }

  /// Merges what changed from a base to ours with what changed from it to theirs.
  ///
  /// Lines are compared byte for byte, so a line end that one side changed is a change. The markers end as the lines
  /// around them do.
  ///
  /// - Throws: ``Failure`` when a text is too large for the library (1 GB), or a label has a line end.
  package init(
    base: [UInt8], ours: [UInt8], theirs: [UInt8], labels: Labels
  ) throws {
    try LibGit2.start()
    for label in [labels.ours, labels.base, labels.theirs]
    where label.utf8.contains(where: { $0 == 0x0A || $0 == 0 }) {
      throw Failure(.invalid, "the label `\(label)` of a merge has a line end")
    }
    var options = git_merge_file_options()
    git_merge_file_options_init(&options, UInt32(GIT_MERGE_FILE_OPTIONS_VERSION))
    options.flags = GIT_MERGE_FILE_STYLE_DIFF3.rawValue
    var result = git_merge_file_result()
    defer { git_merge_file_result_free(&result) }
    let code = LibGit2.withCStrings([labels.ours, labels.base, labels.theirs]) { names in
      options.our_label = names[0]
      options.ancestor_label = names[1]
      options.their_label = names[2]
      return Self.withInput(base) { base in
        Self.withInput(ours) { ours in
          Self.withInput(theirs) { git_merge_file(&result, base, ours, $0, &options) }
        }
      }
    }
    try LibGit2.check(code, "merge two versions of a file")
    content = Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
    hasConflicts = result.automergeable == 0
  }

  private static func withInput<Result>(
    _ bytes: [UInt8], _ body: (UnsafePointer<git_merge_file_input>) -> Result
  ) -> Result {
    bytes.withUnsafeBytes { buffer in
      var input = git_merge_file_input()
      git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
      input.ptr = buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
      input.size = buffer.count
      return body(&input)
    }
  }

  /// Whether bytes are no text to git: a NUL among the first 8,000.
  package static func isBinary(_ content: [UInt8]) -> Bool { content.prefix(8000).contains(0) }
}
