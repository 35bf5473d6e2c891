import Formats
import Notebooks
import Platform
import Records

/// Passes on what a notebook does: what it prints to the reader and the logs, cells and outputs to the run's events, how far it
/// is to the progress.
final class NotebookListening: NotebookListener {
  private let run: Run
  private let store: RecordStore
  private let listener: RunListener
  private let passage: OutputPassage?
  private let progress: any RunProgress
  private let announce: @Sendable (String) -> Void
  /// The cells that will run, by their place in the notebook.
  private let cells: [Int]

  init(
    _ run: Run, _ store: RecordStore, _ listener: RunListener, passage: OutputPassage?,
    progress: any RunProgress, announce: @escaping @Sendable (String) -> Void, cells: [Int]
  ) {
    self.run = run
    self.store = store
    self.listener = listener
    self.passage = passage
    self.progress = progress
    self.announce = announce
    self.cells = cells
  }

  func kernelStarted(_ info: KernelInfo, _ start: KernelOptions.Start) {
    try? store.set(Tag("reprise.kernel_start", start.rawValue), of: run.id)
  }

  func cellBegan(_ cell: Int) {
    listener.marked("cell \(cell)")
    let place = (cells.firstIndex(of: cell) ?? 0) + 1
    progress.update("cell \(place) of \(cells.count)")
  }

  func outputChanged(_ cell: Int, _ change: OutputChange) {
    switch change {
    case .streamed(let name, let text):
      let stream = name == "stderr" ? ChildStream.error : .output
      progress.clear()
      Array(text.utf8).withUnsafeBytes { bytes in
        passage?.take(bytes, from: stream)
        listener.received(bytes, from: stream)
      }
    case .appended(let output): listener.noted(cell, output)
    case .updated(let place, let output): listener.noted(cell, output, at: place)
    case .cleared: listener.cleared(cell)
    }
  }

  func warned(_ text: String) { announce("note: \(text)") }
}
