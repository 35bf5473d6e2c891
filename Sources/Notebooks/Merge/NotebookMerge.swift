/// A three-way merge of notebooks, cell by cell; what comes of it is a notebook, conflicts or not.
package struct NotebookMerge: Sendable {
  package let document: NotebookDocument
  /// What could not be decided, for a person; empty when all could.
  package let conflicts: [String]
  /// Whether the result has ids, as one of the notebooks has.
  private let hasIDs: Bool
  private let minor: Int

  package init(
    base: NotebookSide, ours: NotebookSide, theirs: NotebookSide,
    _ options: MergeOptions = MergeOptions()
  ) {
    var merger = NotebookMerger(base, ours, theirs, options)
    document = merger.merged()
    conflicts = merger.conflicts
    minor = max(ours.minor, theirs.minor)
    hasIDs = minor >= 5
  }

  /// The file, in nbformat's form; of version 4.4 and less when both sides were.
  package func utf8() -> [UInt8] {
    let bytes = document.utf8()
    guard !hasIDs, case .object(var root)? = try? NotebookJSON(parsing: bytes) else { return bytes }
    root["nbformat_minor"] = .int(minor)
    root["cells"] = .array(
      (root["cells"]?.array ?? []).map { cell in
        var cell = cell
        cell["id"] = nil
        return cell
      })
    return Array((NotebookJSON.object(root).text() + "\n").utf8)
  }
}
