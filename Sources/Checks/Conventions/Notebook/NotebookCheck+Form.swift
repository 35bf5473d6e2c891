import Formats
import Notebooks

extension NotebookCheck {
  /// What no program that reads notebooks could do anything with, and cells that a merge has left.
  func checkForm(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    let bytes = notebook.bytes
    if let metadata = notebook.metadata, metadata.members == nil {
      let why = "the notebook's `metadata` is no object"
      report(FileFinding("invalid", metadata.range.first(1), ["why": why]))
    }
    for cell in notebook.cells {
      func tell(_ node: JSONNode, _ why: String) {
        report(
          FileFinding(
            "invalid", node.range.first(1), ["why": "the cell's \(why)"], cell: cell.number))
      }
      let isHTML = notebook.format == 3 && cell.node["cell_type"]?.string(in: bytes) == "html"
      guard cell.kind != nil || isHTML else {
        report(FileFinding("cell", cell.node.range.first(1), [:], cell: cell.number))
        continue
      }
      if let metadata = cell.node["metadata"], metadata.members == nil {
        tell(metadata, "`metadata` is no object")
      }
      let text = notebook.format == 3 && cell.kind == .code ? "input" : "source"
      if let source = cell.node[text], !source.isString,
        source.items?.allSatisfy(\.isString) != true
      {
        tell(source, "`\(text)` is no text")
      }
      if cell.kind == .code, let outputs = cell.node["outputs"],
        outputs.items?.allSatisfy({ $0.members != nil }) != true
      {
        tell(outputs, "`outputs` are no list of objects")
      }
      if Self.holdsMark(cell.source) {
        report(FileFinding("merge", cell.node.range.first(1), [:], cell: cell.number))
      }
    }
  }
}
