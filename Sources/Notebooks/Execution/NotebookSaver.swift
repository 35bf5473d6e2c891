import Platform
import SystemPackage

/// Writes a notebook that runs, not more often than is of use.
struct NotebookSaver {
  private let path: FilePath?
  /// Whether the path is, or will be, a file. A pipe or a device takes what comes one behind the other: it gets the end alone.
  private let isFile: Bool
  /// Between two writes at the ends of cells.
  private static let pause = Duration.milliseconds(250)
  /// Of the time of a run, writing takes a fifth at most, however large the notebook is.
  private static let share = 4
  private var last = ContinuousClock.now
  /// How long the last write took.
  private var cost = Duration.zero
  private var failure: Failure?

  init(path: FilePath?) throws {
    self.path = path
    isFile = try path.map { try FileSystem.status($0)?.kind != .other } ?? false
  }

  /// When the next write is due; never when nil.
  ///
  /// - Parameters:
  ///   - isOwed: whether a cell has begun or ended since the last one.
  ///   - interval: how often else.
  func due(isOwed: Bool, every interval: Duration?) -> ContinuousClock.Instant? {
    guard isFile, let wait = isOwed ? Self.pause : interval else { return nil }
    return last + max(wait, cost * Self.share)
  }

  /// Writes it. A failure is not the end of a run that may have cost hours: it is told once, and the end of the run will
  /// try again.
  ///
  /// - Returns: what is to be told.
  mutating func save(_ document: NotebookDocument) -> Failure? {
    guard isFile else { return nil }
    let begin = ContinuousClock.now
    defer {
      last = .now
      cost = last - begin
    }
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

  /// Writes the begin of it: where that cannot be, it is better known before hours are spent.
  func begin(_ document: NotebookDocument) throws {
    if isFile { try finish(document) }
  }

  /// Writes the end of it. Where the disk has no room for all, the largest outputs are left out, and a line stands for them:
  /// the others may have cost hours.
  ///
  /// - Throws: ``Failure``: it could not be written whole.
  func finish(_ document: NotebookDocument) throws {
    guard let path else { return }
    do {
      try document.write(to: path)
    } catch var failure as Failure where failure.code == .noSpace {
      if let count = Self.write(document, withoutLargestOutputsTo: path) {
        failure.message +=
          "; it stands there without the outputs of \(count == 1 ? "one cell" : "\(count) cells")"
      }
      throw failure
    }
  }

  /// - Returns: of how many cells the outputs are left out; nil when the disk has no room for the cells themselves.
  private static func write(
    _ document: NotebookDocument, withoutLargestOutputsTo path: FilePath
  ) -> Int? {
    let sizes = document.cells.map { $0.outputs.reduce(0) { $0 + $1.text().utf8.count } }
    let largest = sizes.indices.filter { sizes[$0] > 0 }.sorted {
      (sizes[$1], $0) < (sizes[$0], $1)
    }
    var smaller = document
    var count = 0
    while count < largest.count {
      // Twice as many each time: a notebook of thousands of cells is not written thousands of times.
      let next = min(largest.count, max(1, count * 2))
      for cell in largest[count..<next] {
        smaller.cells[cell].outputs = [
          [
            "output_type": "stream", "name": "stderr",
            "text": "\(ByteCount(Int64(sizes[cell]))) of outputs left out: no room on the disk\n",
          ]
        ]
      }
      count = next
      if (try? smaller.write(to: path)) != nil { return count }
    }
    return nil
  }
}
