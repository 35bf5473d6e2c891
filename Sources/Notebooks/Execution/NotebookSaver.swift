import Platform
import SystemPackage

/// Writes a notebook that runs, not more often than is of use.
struct NotebookSaver {
  let path: FilePath?
  /// Between two writes at the ends of cells.
  static let pause = Duration.milliseconds(250)
  private var last: ContinuousClock.Instant?
  private var failure: Failure?

  init(path: FilePath?) { self.path = path }

  /// Whether the end of a cell is worth a write.
  var isDue: Bool { path != nil && (last.map { .now - $0 >= Self.pause } ?? true) }

  /// Writes it. A failure is not the end of a run that may have cost hours: it is told once, and the end of the run will
  /// try again.
  ///
  /// - Returns: what is to be told.
  mutating func save(_ document: NotebookDocument) -> Failure? {
    guard path != nil else { return nil }
    defer { last = .now }
    do {
      try finish(document)
      failure = nil
      return nil
    } catch let new as Failure {
      defer { failure = new }
      return failure == nil ? new : nil
    } catch {
      return nil
    }
  }

  /// Writes the end of it.
  func finish(_ document: NotebookDocument) throws {
    guard let path else { return }
    try document.write(to: path)
  }
}
