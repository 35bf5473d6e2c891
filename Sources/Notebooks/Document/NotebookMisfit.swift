import Formats
import Platform

/// What of a notebook is not as the format has it, and where in its JSON.
struct NotebookMisfit: Error {
  /// A way down into a value.
  enum Step { case key(String), item(Int) }

  private let message: String
  private let hint: String?
  /// From the value that was looked at. Where its end is not there, the place is that of what should hold it.
  private var path: [Step]

  init(_ message: String, at path: Step..., hint: String? = nil) {
    self.message = message
    self.path = path
    self.hint = hint
  }

  /// The same, seen from what holds the value.
  func inside(_ steps: Step...) -> NotebookMisfit {
    var outer = self
    outer.path = steps + path
    return outer
  }

  /// The failure, with the line and column of the value. The values themselves have no places, which would cost memory in all
  /// the notebooks that are well.
  ///
  /// - Parameter bytes: what the notebook was read from.
  func failure(in bytes: [UInt8]) -> ParseFailure {
    // A text that only one of the two readers takes has no place.
    guard var node = try? JSONNode(parsing: bytes) else {
      return ParseFailure(message, hint: hint)
    }
    for step in path {
      let next: JSONNode? =
        switch step {
        case .key(let key): node[key]
        case .item(let index): node.items.flatMap { index < $0.count ? $0[index] : nil }
        }
      guard let next else { break }
      node = next
    }
    return ParseFailure(message, at: node.range.lowerBound, in: bytes, hint: hint)
  }
}
