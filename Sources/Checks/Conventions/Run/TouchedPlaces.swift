import Formats
import Git
import Notebooks

/// Which findings of a file are of places that a change touched: its lines, or the cells of a notebook.
package struct TouchedPlaces: Sendable {
  private enum Kind: Sendable {
    case all
    case lines(ChangedLines)
    /// By number. Cells move and their lines with them, so a cell is old when the older notebook holds the same one.
    case cells(Set<Int>)
  }

  private let kind: Kind

  /// - Parameter old: the file before the change; nil for a new one.
  package init(_ path: String, from old: [UInt8]?, to new: [UInt8]) throws {
    guard let old else {
      kind = .all
      return
    }
    if path.hasSuffix(".ipynb"), let before = try? Notebook(parsing: old),
      let after = try? Notebook(parsing: new)
    {
      let known = Set(before.cells.map { Self.content($0, before) })
      let touched = after.cells.filter { !known.contains(Self.content($0, after)) }
      kind = .cells(Set(touched.map(\.number)))
    } else {
      kind = .lines(try ChangedLines(from: old, to: new))
    }
  }

  private static func content(_ cell: NotebookCell, _ notebook: Notebook) -> [UInt8] {
    Array(cell.source.utf8) + [0] + notebook.bytes[cell.outputs?.range ?? 0..<0]
  }

  /// What is said of a whole file is of its change only when the file is new.
  package func contains(_ finding: Finding) -> Bool {
    switch kind {
    case .all: return true
    case .lines(let lines):
      guard let line = finding.line else { return false }
      return lines.overlaps(line...max(line, finding.endLine ?? line))
    case .cells(let cells): return finding.cell.map(cells.contains) ?? false
    }
  }
}
