import Formats
import Platform

/// One cell of a ``RunStory``: how it stands, and what it has put out.
package struct StoryCell: Sendable {
  /// Something that is no text of a stream, by the line of the events that has it.
  package struct Shown: Sendable, Hashable {
    /// Bytes of `document/events.jsonl`.
    package var line: Range<Int64>
    /// The media type of the picture that it is; nil when it is none.
    package var picture: String?
    /// What stands for the picture where none can be seen.
    package var words = ""
    package var isError = false
  }

  package enum Content: Sendable, Hashable {
    /// Bytes of the stream's file.
    case stream(ChildStream, Range<Int64>)
    case shown(Shown)
  }

  package struct Part: Sendable, Hashable {
    /// Counts what the cell has put out, also what it took back.
    package var number: Int
    package var content: Content
    /// The number of its last change.
    package var version: Int
  }

  /// Milliseconds since the run began; nil before it.
  package var began: Int64?
  package var ended: Int64?
  /// Which of the cells that ran it was, from 1.
  package var turn: Int?
  package var hasFailed = false
  /// The number of its last change.
  package var version: Int
  /// The first things that it put out, and the last of the others.
  package private(set) var head: [Part] = []
  package private(set) var tail: [Part] = []
  /// Those between them, which are not kept.
  package private(set) var leftOut = 0
  /// The number of the first one.
  private var first = 0

  package static let headCount = 10
  static let tailCount = 20

  init(version: Int) { self.version = version }

  package var isEmpty: Bool { head.isEmpty }

  /// Puts something behind the others; text of a stream becomes a part of the last one when it follows it.
  mutating func append(_ content: Content, _ version: Int) {
    let last = tail.last ?? head.last
    if case .stream(let stream, let range) = content, let last,
      case .stream(stream, let before) = last.content, before.upperBound == range.lowerBound
    {
      let whole = Content.stream(stream, before.lowerBound..<range.upperBound)
      let part = Part(number: last.number, content: whole, version: version)
      if tail.isEmpty { head[head.count - 1] = part } else { tail[tail.count - 1] = part }
      return
    }
    let part = Part(number: last.map { $0.number + 1 } ?? first, content: content, version: version)
    if head.count < StoryCell.headCount, tail.isEmpty { return head.append(part) }
    tail.append(part)
    if tail.count > StoryCell.tailCount {
      tail.removeFirst()
      leftOut += 1
    }
  }

  /// Puts something in the place of another one, counted from 0.
  mutating func replace(_ index: Int, by content: Content, _ version: Int) {
    let (number, overflows) = first.addingReportingOverflow(index)
    guard !overflows else { return }
    let part = Part(number: number, content: content, version: version)
    if let place = head.firstIndex(where: { $0.number == number }) { head[place] = part }
    if let place = tail.firstIndex(where: { $0.number == number }) { tail[place] = part }
  }

  mutating func clear() {
    first = (tail.last ?? head.last).map { $0.number + 1 } ?? first
    (head, tail, leftOut, hasFailed) = ([], [], 0, false)
  }

  /// Everything is as new as this.
  mutating func renumber(_ version: Int) {
    self.version = version
    for index in head.indices { head[index].version = version }
    for index in tail.indices { tail[index].version = version }
  }
}

extension StoryCell.Shown {
  private static let pictures = [
    "image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml",
  ]

  /// - Parameter data: a MIME bundle.
  init(_ data: JSONValue, at line: Range<Int64>) {
    self.line = line
    picture = Self.pictures.first { data[$0] != nil }
    guard picture != nil else { return }
    let plain = data["text/plain"]
    let text = plain?.string ?? (plain?.array ?? []).compactMap(\.string).joined()
    words = String(text.prefix(200))
  }

  /// - Parameter output: as nbformat has it.
  init(output: JSONValue, at line: Range<Int64>) {
    self.init(output["data"] ?? .null, at: line)
    isError = output["output_type"]?.string == "error"
  }
}
