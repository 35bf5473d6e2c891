import Python

/// Whether a token stands between the square brackets behind a name that is defined: `class C[T: int = str]`.
struct TypeParameterState {
  private enum Place {
    case before, inside, behind
  }

  private(set) var isFunction = false
  private var isDefinition = false
  private var place = Place.before
  private var depth = 0

  init(_ reader: SpaceReader, _ line: Range<Int>) {
    var index = line.lowerBound
    while index < line.upperBound, reader.kind(index) == .indent || reader.kind(index) == .dedent {
      index += 1
    }
    guard index < line.upperBound else { return }
    switch reader.kind(index) {
    case .classKeyword: isDefinition = true
    case .defKeyword: isFunction = true
    case .asyncKeyword:
      isFunction = index + 1 < line.upperBound && reader.kind(index + 1) == .defKeyword
    case .name:
      // `type`, where it is a keyword; `match` and `case` define nothing.
      isDefinition =
        reader.traits[index].contains(.isKeyword)
        && reader.bytes[reader.start(index)] == UInt8(ascii: "t")
    default: break
    }
    if isFunction { isDefinition = true }
  }

  var isInside: Bool { place == .inside }

  @inline(__always)
  mutating func visit(_ kind: TokenKind) {
    guard isDefinition else { return }
    switch kind {
    case .leftParenthesis, .equal: if place == .before { place = .behind }
    case .leftBracket:
      if place == .before {
        place = .inside
      } else if place == .inside {
        depth += 1
      }
    case .rightBracket:
      guard place == .inside else { return }
      if depth == 0 { place = .behind } else { depth -= 1 }
    default: break
    }
  }
}
