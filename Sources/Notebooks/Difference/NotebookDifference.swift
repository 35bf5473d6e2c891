/// How two notebooks differ, cell by cell.
package struct NotebookDifference: Sendable {
  /// What is compared; everything unless it is said otherwise (the flags of nbdiff).
  package struct Parts: OptionSet, Sendable {
    package let rawValue: Int
    package init(rawValue: Int) { self.rawValue = rawValue }

    package static let sources = Parts(rawValue: 1)
    package static let outputs = Parts(rawValue: 2)
    package static let attachments = Parts(rawValue: 4)
    package static let metadata = Parts(rawValue: 8)
    package static let ids = Parts(rawValue: 16)
    /// Execution counts.
    package static let details = Parts(rawValue: 32)
    package static let all: Parts = [.sources, .outputs, .attachments, .metadata, .ids, .details]
  }

  package enum Change: Sendable {
    case removed(NotebookDocument.Cell, number: Int)
    case added(NotebookDocument.Cell, number: Int)
    case changed(CellDifference)
  }

  package var metadata: [ValueChange] = []
  /// In the order of the new notebook, what was removed before what follows it.
  package var cells: [Change] = []

  package var isEmpty: Bool { metadata.isEmpty && cells.isEmpty }

  package init(_ old: NotebookSide, _ new: NotebookSide, _ parts: Parts = .all) {
    if parts.contains(.metadata) {
      metadata = ValueChange.between(
        .object(old.document.metadata), .object(new.document.metadata))
    }
    var parts = parts
    if !old.hasIDs || !new.hasIDs { parts.remove(.ids) }
    let (olds, news) = (old.document.cells, new.document.cells)
    let alignment = CellAlignment(old, new)
    var (a, b) = (0, 0)
    for pair in alignment.pairs + [.init(old: olds.count, new: news.count)] {
      if parts.contains(.sources) {
        while a < pair.old {
          cells.append(.removed(olds[a], number: a + 1))
          a += 1
        }
        while b < pair.new {
          cells.append(.added(news[b], number: b + 1))
          b += 1
        }
      }
      guard pair.old < olds.count, pair.new < news.count else { break }
      let difference = CellDifference(
        olds[pair.old], news[pair.new], oldNumber: pair.old + 1, number: pair.new + 1, parts)
      if !difference.isEmpty { cells.append(.changed(difference)) }
      (a, b) = (pair.old + 1, pair.new + 1)
    }
  }
}
