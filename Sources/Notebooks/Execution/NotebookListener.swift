/// Hears how a notebook runs. All calls come from one thread, in order, and hold the run up while they last.
///
/// Cells are counted from 0 among all cells of the document.
package protocol NotebookListener: Sendable {
  /// The kernel is ready.
  func kernelStarted(_ info: KernelInfo, _ start: KernelOptions.Start)
  func cellBegan(_ cell: Int)
  /// The outputs of a cell have changed; it may have ended before.
  func outputChanged(_ cell: Int, _ change: OutputChange)
  func cellEnded(_ cell: Int, _ end: CellEnd)
  /// Something is not as it should be; the run goes on.
  func warned(_ text: String)
}

extension NotebookListener {
  package func kernelStarted(_ info: KernelInfo, _ start: KernelOptions.Start) {}
  package func cellBegan(_ cell: Int) {}
  package func outputChanged(_ cell: Int, _ change: OutputChange) {}
  package func cellEnded(_ cell: Int, _ end: CellEnd) {}
  package func warned(_ text: String) {}
}
