import Formats
import Platform

/// A Jupyter notebook (nbformat 3 and 4), with the place of every part in its text, so that parts can be changed and the rest
/// stays as it is.
package struct Notebook: Sendable {
  package let bytes: [UInt8]
  package let root: JSONNode
  package let cells: [NotebookCell]
  /// The major version of the format.
  package let format: Int
  package let minor: Int

  /// - Throws: ``ParseFailure`` with line and column: no JSON, or no notebook.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    self.bytes = bytes
    // Nobody else reads such a file, though its parts could be found.
    if let offset = NotebookJSON.firstInvalidOffset(in: bytes) {
      throw ParseFailure("bytes that are not UTF-8", at: offset, in: bytes)
    }
    root = try JSONNode(parsing: bytes)
    guard root.members != nil else {
      throw ParseFailure("a notebook is a JSON object", line: 1, column: 1)
    }
    format = root["nbformat"]?.plain(in: bytes).flatMap { Int($0) } ?? 0
    minor = root["nbformat_minor"]?.plain(in: bytes).flatMap { Int($0) } ?? 0
    guard format >= 3, format <= 4 else {
      throw NotebookMisfit("`nbformat` is 3 or 4 in a notebook", at: .key("nbformat"))
        .failure(in: bytes)
    }
    let sheets = format == 3 ? root["worksheets"]?.items ?? [] : []
    let list = format == 3 ? sheets.flatMap { $0["cells"]?.items ?? [] } : root["cells"]?.items
    guard let list else {
      throw NotebookMisfit("a notebook has a list of `cells`", at: .key("cells")).failure(in: bytes)
    }
    var cells: [NotebookCell] = []
    for (index, node) in list.enumerated() {
      guard node.members != nil else {
        throw ParseFailure(
          "the cell \(index + 1) is no object", at: node.range.lowerBound, in: bytes)
      }
      cells.append(NotebookCell(node, number: index + 1, bytes: bytes))
    }
    self.cells = cells
  }

  package var metadata: JSONNode? { root["metadata"] }

  /// The language of its code cells; Python when nothing says otherwise.
  package var language: String {
    metadata?["language_info"]?["name"]?.string(in: bytes)
      ?? metadata?["kernelspec"]?["language"]?.string(in: bytes) ?? "python"
  }
}
