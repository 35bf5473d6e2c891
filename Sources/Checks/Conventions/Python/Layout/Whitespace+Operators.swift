import Python

extension Whitespace {
  /// E221 to E224, E241, E242: more than a space around operators and behind commas.
  func checkOperators(
    _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    var isBehindOperator = false
    for index in line {
      let isOperator = reader.traits[index].contains(.isSpaced)
      if isOperator {
        if !isBehindOperator {
          let (space, range) = reader.space(before: index, in: line)
          if space == .many || space == .tab {
            report(.replacing(space == .tab ? "E223" : "E221", range, with: " "))
          }
        }
        let (space, range) = reader.space(after: index, in: line)
        if space == .many || space == .tab {
          report(.replacing(space == .tab ? "E224" : "E222", range, with: " "))
        }
      } else if reader.kind(index) == .comma {
        let (space, range) = reader.space(after: index, in: line)
        if space == .many || space == .tab {
          report(.replacing(space == .tab ? "E242" : "E241", range, with: " "))
        }
      }
      isBehindOperator = isOperator
    }
  }

  /// E225 to E228: no space around operators that need it, or on one side only.
  func checkMissingOperatorSpace(
    _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    guard var last = line.first(where: { reader.traits[$0].contains(.isContent) }) else { return }
    var types = TypeParameterState(reader, line)
    let first = reader.kind(last)
    var parentheses = first == .leftParenthesis || first == .lambdaKeyword ? 1 : 0
    var strings = first == .formatStart ? 1 : 0
    for index in (last + 1)..<line.upperBound {
      let kind = reader.kind(index)
      types.visit(kind)
      let traits = reader.traits[index]
      guard traits.contains(.isContent) else { continue }
      defer { last = index }
      switch kind {
      case .formatStart: strings += 1
      case .formatEnd: strings = max(0, strings - 1)
      case .leftParenthesis, .lambdaKeyword: parentheses += 1
      case .rightParenthesis: parentheses = max(0, parentheses - 1)
      default: break
      }
      guard traits.contains(.needsSpace) else { continue }
      if kind == .equal, parentheses > 0 || strings > 0 || types.isInside { continue }
      let next = index + 1 < line.upperBound ? reader.kind(index + 1) : nil
      var isOptional = false
      switch kind {
      case .slash:
        // The mark behind parameters that are positional only.
        if next == .comma || next == .rightParenthesis || next == .colon { continue }
      case .plus, .minus, .star, .doubleStar:
        let before = reader.traits[last]
        guard before.contains(.closes) || before.isDisjoint(with: [.isOperator, .isKeyword])
        else { continue }
        isOptional = kind == .doubleStar
      default:
        if next == .rightParenthesis || next == .rightBracket || next == .rightBrace { continue }
      }
      let start = reader.start(index)
      let end = reader.end(index)
      let hasBefore = reader.end(last) < start
      let hasBehind =
        next == nil || end < reader.start(index + 1)
        || !reader.traits[index + 1].contains(.isContent)
      if hasBefore == hasBehind, hasBefore || isOptional { continue }
      var code = "E225"
      if kind == .percent {
        code = "E228"
      } else if traits.contains(.isBitwise) {
        code = "E227"
      } else if traits.contains(.isArithmetic) {
        code = "E226"
        guard wantsArithmetic else { continue }
      }
      var edits: [Fix.Edit] = []
      if !hasBefore { edits.append(Fix.Edit(start..<start, " ")) }
      if !hasBehind { edits.append(Fix.Edit(end..<end, " ")) }
      let text = String(decoding: reader.bytes[start..<end], as: UTF8.self)
      report(PythonFinding(code, start..<end, ["operator": text], fix: Fix(edits)))
    }
  }

  /// E251 and E252: `f(a=1)`, and `def f(a: int = 1)`.
  func checkParameterEquals(
    _ line: Range<Int>, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    var types = TypeParameterState(reader, line)
    var depth = 0
    var strings = 0
    var isAnnotated = false
    /// The end of the last token, line ends aside.
    var lastEnd = 0
    var index = line.lowerBound
    while index < line.upperBound {
      let kind = reader.kind(index)
      types.visit(kind)
      if kind == .lineBreak {
        index += 1
        continue
      }
      switch kind {
      case .formatStart: strings += 1
      case .formatEnd: strings = max(0, strings - 1)
      case .leftParenthesis, .leftBracket: depth += 1
      case .rightParenthesis, .rightBracket:
        depth = max(0, depth - 1)
        if depth == 0 { isAnnotated = false }
      case .colon where depth == 1 && types.isFunction: isAnnotated = true
      case .comma where depth == 1: isAnnotated = false
      case .equal where types.isInside || depth > 0 && strings == 0:
        let start = reader.start(index)
        let end = reader.end(index)
        var next = index + 1
        while next < line.upperBound, reader.kind(next) == .lineBreak { next += 1 }
        let nextStart = next < line.upperBound ? reader.start(next) : nil
        if types.isInside || isAnnotated && depth == 1 {
          let isTight = (start == lastEnd && lastEnd > 0, nextStart == end)
          for place in (isTight.0 ? [start] : []) + (isTight.1 ? [end] : []) {
            report(PythonFinding("E252", start..<end, fix: Fix([Fix.Edit(place..<place, " ")])))
          }
        } else {
          if start != lastEnd { report(.replacing("E251", lastEnd..<start, with: "")) }
          if let nextStart, nextStart != end {
            report(.replacing("E251", end..<nextStart, with: ""))
          }
        }
        lastEnd = end
        index = next
        continue
      default: break
      }
      lastEnd = reader.end(index)
      index += 1
    }
  }
}
