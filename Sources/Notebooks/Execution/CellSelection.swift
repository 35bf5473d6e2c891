import Platform

/// Which code cells of a notebook are to run.
package struct CellSelection: Sendable, Hashable {
  /// Cells with one of these tags alone, and those of the parameters; all when empty.
  package var only: [String] = []
  /// No cells with one of these tags.
  package var skipped: [String] = []
  /// None behind the first cell of this tag or id.
  package var until: String?
  /// None of these, by their places among all cells.
  package var leftOut: Set<Int> = []

  package init(
    only: [String] = [], skipped: [String] = [], until: String? = nil, leftOut: Set<Int> = []
  ) {
    self.only = only
    self.skipped = skipped
    self.until = until
    self.leftOut = leftOut
  }

  /// The cells that run, in order.
  ///
  /// - Throws: ``Failure`` with `.notFound` for a tag or id that no cell has.
  package func cells(of document: NotebookDocument) throws -> [Int] {
    for tag in only + skipped where !document.cells.contains(where: { $0.hasTag(tag) }) {
      throw missing(tag, "tag", in: document)
    }
    var end = document.cells.endIndex
    if let until {
      let last = document.cells.firstIndex { $0.hasTag(until) || $0.id == until }
      guard let last else { throw missing(until, "tag or id", in: document) }
      end = last + 1
    }
    return document.cells.indices[..<end].filter { index in
      let cell = document.cells[index]
      guard cell.runs, !leftOut.contains(index), !skipped.contains(where: cell.hasTag) else {
        return false
      }
      return only.isEmpty || (only + Self.parameterTags).contains(where: cell.hasTag)
    }
  }

  /// Without their parameters the other cells would fail.
  private static let parameterTags = ["parameters", "injected-parameters"]

  private func missing(_ name: String, _ what: String, in document: NotebookDocument) -> Failure {
    let tags = Set(document.cells.flatMap(\.tags)).sorted()
    return Failure(
      .notFound, "no cell has the \(what) `\(name)`",
      hint: tags.isEmpty
        ? "no cell of this notebook has tags"
        : nearestName(to: name, among: tags).map { "did you mean `\($0)`?" }
          ?? "the tags are: \(tags.joined(separator: ", "))")
  }
}
