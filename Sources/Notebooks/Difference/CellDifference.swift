/// How a cell differs from what it was.
package struct CellDifference: Sendable {
  package var oldNumber: Int
  /// From 1, in the new notebook.
  package var number: Int
  package var cell: NotebookDocument.Cell
  /// The kind it had, when that changed.
  package var oldKind: NotebookDocument.Cell.Kind?
  package var oldID: String?
  package var source: TextDifference?
  package var metadata: [ValueChange] = []
  package var attachments: [ValueChange] = []
  package var outputs: [OutputDifference] = []
  /// From and to; nil when it is the same or not compared.
  package var count: (old: Int?, new: Int?)?

  package var isEmpty: Bool {
    oldKind == nil && oldID == nil && source == nil && metadata.isEmpty && attachments.isEmpty
      && outputs.isEmpty && count == nil
  }

  init(
    _ old: NotebookDocument.Cell, _ new: NotebookDocument.Cell, oldNumber: Int, number: Int,
    _ parts: NotebookDifference.Parts
  ) {
    self.oldNumber = oldNumber
    self.number = number
    cell = new
    if parts.contains(.sources) {
      if old.kind != new.kind { oldKind = old.kind }
      let difference = TextDifference(old.source, new.source)
      if !difference.isEmpty { source = difference }
    }
    if parts.contains(.ids), !old.id.hasSameBytes(as: new.id) { oldID = old.id }
    if parts.contains(.metadata) {
      metadata = ValueChange.between(.object(old.metadata), .object(new.metadata))
    }
    if parts.contains(.attachments) {
      attachments = ValueChange.between(
        .object(old.attachments ?? [:]), .object(new.attachments ?? [:]))
    }
    if parts.contains(.outputs) {
      outputs = OutputDifference.between(
        old.outputs, new.outputs, countsMatter: parts.contains(.details))
    }
    if parts.contains(.details), old.executionCount != new.executionCount {
      count = (old.executionCount, new.executionCount)
    }
  }
}
