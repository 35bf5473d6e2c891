import Python

/// What a line of code might have wrong with its spaces: one look at each pair of neighbours says for nearly all lines
/// that no closer look is needed.
struct SpaceDoubts: OptionSet {
  let rawValue: UInt8

  /// More than one space somewhere, or a tab.
  static let width = SpaceDoubts(rawValue: 1)
  static let brackets = SpaceDoubts(rawValue: 2)
  static let operators = SpaceDoubts(rawValue: 4)
  static let parameters = SpaceDoubts(rawValue: 8)
  static let punctuation = SpaceDoubts(rawValue: 16)
  static let words = SpaceDoubts(rawValue: 32)

  init(rawValue: UInt8) { self.rawValue = rawValue }

  init(_ line: Range<Int>, _ reader: SpaceReader) {
    var doubts: SpaceDoubts = []
    var depth = 0
    var last: TokenTraits = .endsLine
    /// Whether the last token is an operator that must have space.
    var isOperator = false
    var end = 0
    let first = line.first { reader.kind($0) != .indent && reader.kind($0) != .dedent }
    let isDefinition =
      switch first.map(reader.kind) {
      case .defKeyword, .classKeyword, .asyncKeyword: true
      // `type`, where it is a keyword.
      case .name: first.map { reader.traits[$0].contains(.isKeyword) } ?? false
      default: false
      }
    for index in line {
      let own = reader.traits[index]
      let start = reader.start(index)
      var needsSpace = own.contains(.needsSpace)
      if needsSpace, own.contains(.isUnary) {
        needsSpace = last.contains(.closes) || last.isDisjoint(with: [.isOperator, .isKeyword])
      }
      if last.contains(.endsLine) {
        // What stands between is indentation; but an operator may begin a line.
        if needsSpace { doubts.insert(.operators) }
        if own.contains(.isEqual), depth > 0 { doubts.insert(.parameters) }
      } else if start == end {
        if !last.union(own).isDisjoint(with: .isEqual), depth > 0 {
          if isDefinition || own.contains(.endsLine) { doubts.insert(.parameters) }
        } else if needsSpace || isOperator {
          doubts.insert(.operators)
        }
        if !own.contains(.endsLine) {
          if last.contains(.isPunctuation) { doubts.insert(.punctuation) }
          if last.contains(.isKeyword) { doubts.insert(.words) }
        }
      } else if start == end + 1, reader.bytes[end] == 0x20 {
        if last.contains(.opens) || !own.isDisjoint(with: [.opens, .closes, .isPunctuation]) {
          doubts.insert(.brackets)
        }
        if depth > 0, !last.union(own).isDisjoint(with: .isEqual) { doubts.insert(.parameters) }
      } else if own.isDisjoint(with: [.isComment, .endsLine])
        || !last.isDisjoint(with: [.opens, .isSpaced, .isKeyword, .isPunctuation])
      {
        doubts.formUnion([.width, .brackets, .parameters])
      }
      if own.contains(.opens) { depth += 1 }
      if own.contains(.closes) { depth -= 1 }
      last = own
      isOperator = needsSpace
      end = reader.end(index)
    }
    self = doubts
  }
}
