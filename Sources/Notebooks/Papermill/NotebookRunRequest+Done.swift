extension NotebookRunRequest {
  /// Whether a notebook that was written before is what this run would make: the same cells and parameters, and every
  /// cell that runs completed.
  ///
  /// What a kernel knew is gone with it, so a notebook that failed half way is run from its top.
  package func isDone(by old: NotebookDocument) -> Bool {
    guard old.metadata["papermill"]?["exception"]?.isNull == true,
      old.metadata["papermill"]?["parameters"] == document.metadata["papermill"]?["parameters"],
      old.cells.count == document.cells.count
    else { return false }
    return zip(old.cells, document.cells).allSatisfy { old, new in
      old.kind == new.kind && old.source.hasSameBytes(as: new.source)
        && old.tags == new.tags && (!new.runs || old.status == .completed)
    }
  }
}
