extension NotebookDocument {
  /// The tag of the cells that say where a run failed.
  package static let markerTag = "papermill-error-cell-tag"

  private static let style =
    "style=\"color:red; font-family:Helvetica Neue, Helvetica, Arial, sans-serif; font-size:2em;\""

  /// Takes away the marks of earlier runs.
  package mutating func removeErrorMarkers() {
    cells.removeAll { $0.hasTag(Self.markerTag) }
  }

  /// Puts a mark in front of the cell that failed, and a link to it at the top.
  package mutating func insertErrorMarkers(for error: NotebookError) {
    var identifiers = CellIdentifiers(taken: cells.map(\.id))
    let mark = { (source: String, identifiers: inout CellIdentifiers) in
      Cell(
        .markdown, id: identifiers.next(kind: Self.markerTag, index: 0, source: source),
        source: source, metadata: ["tags": [.string(Self.markerTag)]])
    }
    let anchor = mark(
      "<span id=\"papermill-error-cell\" \(Self.style)>"
        + "Execution using papermill encountered an exception here and stopped:</span>",
      &identifiers)
    let link = mark(
      "<span \(Self.style)>An Exception was encountered at "
        + "'<a href=\"#papermill-error-cell\">\(error.place)</a>'.</span>", &identifiers)
    cells.insert(anchor, at: min(max(error.index, 0), cells.count))
    cells.insert(link, at: 0)
  }
}
