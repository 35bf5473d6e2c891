import Notebooks

/// What a cell asks of a test, with nbval's tags and comments, and with Jupyter's tags.
///
/// | tag | comment | meaning |
/// | --- | --- | --- |
/// | `nbval-skip`, `skip-execution` | `# NBVAL_SKIP` | it does not run |
/// | `nbval-ignore-output` | `# NBVAL_IGNORE_OUTPUT` | it has to run; its outputs are not compared |
/// | `nbval-check-output` | `# NBVAL_CHECK_OUTPUT` | its outputs are compared also where others' are not |
/// | `nbval-raises-exception`, `raises-exception` | `# NBVAL_RAISES_EXCEPTION` | it may raise |
///
/// The last word counts, and a comment before a tag.
struct CellDemand {
  private(set) var isSkipped: Bool
  private(set) var comparesOutputs: Bool
  private(set) var mayRaise: Bool

  /// - Parameter comparesOutputs: whether the outputs of cells that say nothing are compared.
  init(of cell: NotebookDocument.Cell, comparesOutputs: Bool) {
    self.comparesOutputs = comparesOutputs
    isSkipped = cell.hasTag("skip-execution")
    mayRaise = cell.raisesException
    for tag in cell.tags { take(tag) }
    for line in PythonLines.split(cell.source) {
      let words = line.unicodeScalars.trimmed { $0.properties.isWhitespace }
      guard words.first == "#" else { continue }
      let comment = words.drop { $0 == "#" }.trimmed { $0.properties.isWhitespace }
      guard comment.allSatisfy({ $0 == "_" || ("A"..."Z").contains($0) }) else { continue }
      take(String(comment).lowercased().replacing("_", with: "-"))
    }
  }

  private mutating func take(_ word: String) {
    switch word {
    case "nbval-skip": isSkipped = true
    case "nbval-ignore-output", "pytest-validate-ignore-output": comparesOutputs = false
    case "nbval-check-output": comparesOutputs = true
    case "nbval-raises-exception": mayRaise = true
    default: break
    }
  }
}

extension BidirectionalCollection {
  fileprivate func trimmed(_ isSpace: (Element) -> Bool) -> SubSequence {
    let start = self.drop(while: isSpace)
    guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start }
    return start[...last]
  }
}
