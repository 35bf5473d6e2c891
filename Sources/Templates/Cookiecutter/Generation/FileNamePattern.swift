/// A pattern for paths as Python's `fnmatch` reads it: `*` stands for any text, slashes included, `?` for one character, `[…]`
/// and `[!…]` for one of a set.
struct FileNamePattern {
  private enum Part {
    case anything, one
    case character(Unicode.Scalar)
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private let parts: [Part]

  init(_ text: String) {
    let scalars = Array(text.unicodeScalars)
    var parts: [Part] = []
    var index = 0
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      switch scalar {
      case "*":
        if case .anything? = parts.last { continue }
        parts.append(.anything)
      case "?": parts.append(.one)
      case "[":
        guard let (set, end) = Self.set(scalars, index) else {
          parts.append(.character("["))
          continue
        }
        parts.append(set)
        index = end
      default: parts.append(.character(scalar))
      }
    }
    self.parts = parts
  }

  /// The set whose inside starts at an index, and where it ends; nil when it is not closed.
  private static func set(_ scalars: [Unicode.Scalar], _ start: Int) -> (Part, Int)? {
    var begin = start
    let isNegated = begin < scalars.count && scalars[begin] == "!"
    if isNegated { begin += 1 }
    var end = begin
    // A bracket right at the start belongs to the set.
    if end < scalars.count, scalars[end] == "]" { end += 1 }
    while end < scalars.count, scalars[end] != "]" { end += 1 }
    guard end < scalars.count else { return nil }
    var ranges: [ClosedRange<UInt32>] = []
    var index = begin
    while index < end {
      let low = scalars[index].value
      if index + 2 < end, scalars[index + 1] == "-" {
        let high = scalars[index + 2].value
        // An empty range matches nothing.
        if low <= high { ranges.append(low...high) }
        index += 3
      } else {
        ranges.append(low...low)
        index += 1
      }
    }
    return (.set(ranges, isNegated: isNegated), end + 1)
  }

  func matches(_ text: String) -> Bool {
    let scalars = Array(text.unicodeScalars)
    var part = 0
    var index = 0
    var retry: (part: Int, index: Int)?
    while true {
      if part < parts.count {
        if case .anything = parts[part] {
          retry = (part + 1, index)
          part += 1
          continue
        }
        if index < scalars.count, Self.fits(scalars[index], parts[part]) {
          part += 1
          index += 1
          continue
        }
      } else if index == scalars.count {
        return true
      }
      // The last star takes one character more.
      guard let (after, from) = retry, from < scalars.count else { return false }
      retry = (after, from + 1)
      part = after
      index = from + 1
    }
  }

  private static func fits(_ scalar: Unicode.Scalar, _ part: Part) -> Bool {
    switch part {
    case .anything: false
    case .one: true
    case .character(let wanted): scalar == wanted
    case .set(let ranges, let isNegated):
      ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }
}
