/// A pattern of Python's `fnmatch`: `*` (also over `/`), `?`, `[a-z]`, `[!a-z]`; capitals and small letters differ.
package struct FilePattern: Sendable, Hashable {
  private enum Part: Sendable, Hashable {
    case character(UInt32)
    case any
    case star
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private let parts: [Part]

  package init(_ pattern: Text) {
    let points = pattern.codePoints
    var parts: [Part] = []
    var position = 0
    while position < points.count {
      let point = points[position]
      position += 1
      switch Unicode.Scalar(point) {
      case "*": if parts.last != .star { parts.append(.star) }
      case "?": parts.append(.any)
      case "[":
        // A bracket that stands first belongs to the set; without a closing one it is no set.
        var end = position
        if end < points.count, points[end] == 0x21 { end += 1 }
        if end < points.count, points[end] == 0x5D { end += 1 }
        guard let close = points[min(end, points.count)...].firstIndex(of: 0x5D) else {
          parts.append(.character(point))
          continue
        }
        parts.append(Self.set(points[position..<close]))
        position = close + 1
      default: parts.append(.character(point))
      }
    }
    self.parts = parts
  }

  /// Ranges whose end lies before their start are empty.
  private static func set(_ inner: ArraySlice<UInt32>) -> Part {
    var rest = inner
    let isNegated = rest.first == 0x21
    if isNegated { rest.removeFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let low = rest.popFirst() {
      guard rest.first == 0x2D, rest.count >= 2 else {
        ranges.append(low...low)
        continue
      }
      let high = rest[rest.startIndex + 1]
      rest = rest.dropFirst(2)
      if low <= high { ranges.append(low...high) }
    }
    return .set(ranges, isNegated: isNegated)
  }

  /// `fnmatch.fnmatch(name, pattern)`.
  package func matches(_ name: Text) -> Bool {
    let points = name.codePoints
    var (part, place) = (0, 0)
    // Where to go on when what follows the last star does not fit.
    var star: (part: Int, place: Int)?
    while true {
      if part < parts.count, parts[part] == .star {
        star = (part + 1, place)
        part += 1
      } else if part < parts.count, place < points.count, Self.fits(parts[part], points[place]) {
        part += 1
        place += 1
      } else if part == parts.count, place == points.count {
        return true
      } else if let last = star, last.place < points.count {
        star = (last.part, last.place + 1)
        (part, place) = (last.part, last.place + 1)
      } else {
        return false
      }
    }
  }

  private static func fits(_ part: Part, _ point: UInt32) -> Bool {
    switch part {
    case .character(let wanted): wanted == point
    case .any: true
    case .star: false
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(point) } != isNegated
    }
  }
}
