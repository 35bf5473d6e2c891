import Formats
import Platform
import Records

/// What a run has put out so far and where, for somebody who follows it: a value that takes the run's events one by one, and
/// holds references to what was put out, not the thing itself.
///
/// Every change has a number, so that who knows the number of the last one that he has seen gets what came since. Its size
/// depends on the count of cells alone: of what one cell puts out the beginning and the end are kept.
package struct RunStory: Sendable {
  /// The numbers of the code cells, in order.
  private let numbers: [Int]
  /// The cells that began or put something out, by number.
  package private(set) var cells: [Int: StoryCell] = [:]
  /// The cell that runs, or ran last; nil as long as none has told so.
  package private(set) var current: Int?
  /// The number of the last change.
  package private(set) var version = 0
  /// When the run ended, in milliseconds since it began; nil while it goes on.
  package private(set) var end: Int64?
  /// The bytes of each stream that were placed, and those that the events have told of.
  private var ends: [ChildStream: Int64] = [:]
  private var told: [ChildStream: Int64] = [:]
  private var turns = 0

  /// - Parameter numbers: those of the code cells, as ``SourceCells/numbers`` gives them.
  package init(numbers: [Int]) { self.numbers = numbers }

  /// Takes a line of the events.
  ///
  /// - Parameters:
  ///   - place: where the line stands in its file, without its end.
  ///   - size: of the file of each stream, in bytes.
  package mutating func take(
    _ event: DocumentEvent, at place: Range<Int64>, sizes: [ChildStream: Int64]
  ) {
    switch event.kind {
    case .status(let status, _):
      if status != .running, status != .scheduled { finish(at: event.time) }
    case .stream(let stream, let count):
      let (sum, overflows) = (told[stream] ?? 0).addingReportingOverflow(count)
      told[stream] = overflows ? .max : sum
      put(stream, upTo: min(told[stream] ?? 0, sizes[stream] ?? 0))
    case .cell(let number): begin(number, at: event.time)
    case .display(let data, _):
      if let number = current ?? numbers.last {
        put(.shown(StoryCell.Shown(data, at: place)), in: number)
      }
    case .output(let number, let output, let index):
      let shown = StoryCell.Shown(output: output, at: place)
      guard numbers.contains(number) else { return }
      if shown.isError { change(number) { cell, _ in cell.hasFailed = true } }
      guard let index else { return put(.shown(shown), in: number) }
      change(number) { $0.replace(index, by: .shown(shown), $1) }
    case .clear(let number):
      if cells[number] != nil { change(number) { cell, _ in cell.clear() } }
    }
  }

  /// Places what stands in the files of the streams, and what no event has told of yet: it belongs to the cell that runs.
  package mutating func takeRest(sizes: [ChildStream: Int64]) {
    for stream in ChildStream.allCases { put(stream, upTo: sizes[stream] ?? 0) }
  }

  /// The run has ended, or somebody says so.
  package mutating func finish(at time: Int64) {
    guard end == nil else { return }
    end = time
    if let current { change(current) { cell, _ in cell.ended = cell.ended ?? time } }
  }

  /// How the run stands has changed, and so how the cell does that ran last.
  package mutating func touch() {
    if let number = current ?? numbers.last { change(number) { _, _ in } }
  }

  private mutating func begin(_ number: Int, at time: Int64) {
    guard numbers.contains(number), number != current else { return }
    if let current {
      change(current) { cell, _ in cell.ended = cell.ended ?? time }
    } else if let last = numbers.last, cells[last] != nil {
      // What came before anybody told of cells stands in the first, not in the last.
      let first = numbers.first == 0 ? 0 : number
      cells[first] = cells.removeValue(forKey: last)
      version += 2
      cells[first]?.renumber(version)
      cells[last] = last == first ? cells[first] : StoryCell(version: version)
    }
    current = number
    turns += 1
    let turn = turns
    change(number) { cell, _ in
      cell.began = time
      cell.ended = nil
      cell.turn = turn
    }
  }

  private mutating func put(_ stream: ChildStream, upTo end: Int64) {
    let start = ends[stream] ?? 0
    guard end > start, let number = current ?? numbers.last else { return }
    ends[stream] = end
    put(.stream(stream, start..<end), in: number)
  }

  private mutating func put(_ content: StoryCell.Content, in number: Int) {
    change(number) { $0.append(content, $1) }
  }

  /// - Parameter body: changes a cell; gets the number of the change too.
  private mutating func change(_ number: Int, _ body: (inout StoryCell, Int) -> Void) {
    version += 1
    let version = version
    body(&cells[number, default: StoryCell(version: version)], version)
    cells[number]?.version = version
  }
}
