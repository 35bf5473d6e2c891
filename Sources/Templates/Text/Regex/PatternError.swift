/// A regular expression that cannot be read: Python's `re.error` and its words.
struct PatternError: Error {
  var message: String
  /// The character where it stands; nil when the message names none.
  var position: Int?

  init(_ message: String, at position: Int? = nil) {
    self.message = message
    self.position = position
  }

  /// `str(error)`: the place is told by line and column too when the pattern has several lines.
  func text(in pattern: [UInt32]) -> String {
    guard let position else { return message }
    let place = "\(message) at position \(position)"
    guard pattern.contains(0x0A) else { return place }
    let before = pattern.prefix(position)
    let line = before.count { $0 == 0x0A } + 1
    let column = position - (before.lastIndex(of: 0x0A) ?? -1)
    return "\(place) (line \(line), column \(column))"
  }
}
