import Python

extension Docstring {
  // MARK: Blank lines around it

  /// D201 to D204 and D211.
  func checkSurroundings(_ report: (String, Fix?) -> Void) {
    guard definition.kind != .module, let body = source.tree.body(of: definition.node),
      let last = source.tree.lastChild(of: body)
    else { return }
    let owner = start(of: definition.node)..<source.end(of: last)
    let before = Self.lines(of: owner.lowerBound..<range.lowerBound, in: source)
    let after = Self.lines(
      of: range.upperBound..<max(range.upperBound, owner.upperBound), in: source)
    let blankBefore = before.dropLast().reversed().prefix { isBlank($0) }
    let removal = blankBefore.last.map {
      Fix(isSafe: true, [Fix.Edit($0.lowerBound..<(range.lowerBound - indentation.count), "")])
    }
    if function != nil {
      if !blankBefore.isEmpty { report("D201", removal) }
      checkAfterFunction(after, report)
    } else if before.count > 1 {
      if !blankBefore.isEmpty { report("D211", removal) }
      if blankBefore.count != 1 {
        report("D203", nil)
      }
      checkAfterClass(after, report)
    }
  }

  private func start(of node: NodeID) -> Int {
    let first = source.tree.decorators(of: node).first ?? node
    return source.tree.range(of: first).lowerBound
  }

  private func isBlankOrComment(_ line: Range<Int>) -> Bool {
    let inner = trimmed(line)
    return inner.isEmpty || bytes[inner.lowerBound] == UInt8(ascii: "#")
  }

  private func checkAfterFunction(_ after: [Range<Int>], _ report: (String, Fix?) -> Void) {
    guard !after.dropFirst().allSatisfy(isBlankOrComment) else { return }
    let blank = after.dropFirst().prefix { isBlank($0) }
    guard let last = blank.last else { return }
    if blank.count == 1,
      let next = after.dropFirst(2).first(where: {
        bytes[leadingSpace($0).upperBound..<$0.upperBound].first != UInt8(ascii: "#")
      }), isInnerDefinition(next)
    {
      return
    }
    report("D202", Fix([Fix.Edit(after[0].upperBound..<last.upperBound, "")]))
  }

  /// A function or a class in a function may stand behind a blank line.
  private func isInnerDefinition(_ line: Range<Int>) -> Bool {
    let space = leadingSpace(line)
    guard !space.isEmpty else { return false }
    let rest = bytes[space.upperBound..<line.upperBound]
    if rest.first == UInt8(ascii: "@") { return true }
    for word in ["class", "def", "async def"] where rest.starts(with: word.utf8) {
      let next = rest.dropFirst(word.utf8.count).first
      if next == 0x20 || next == 0x09 { return true }
    }
    return false
  }

  private func checkAfterClass(_ after: [Range<Int>], _ report: (String, Fix?) -> Void) {
    guard !after.allSatisfy(isBlankOrComment), let first = after.first else { return }
    let rest = trimmed(first)
    if !rest.isEmpty, bytes[rest.lowerBound] == UInt8(ascii: ";") { return report("D204", nil) }
    let blank = after.dropFirst().prefix { isBlank($0) }
    guard blank.count != 1 else { return }
    // The line end before the blank lines stays.
    let end = blank.last?.upperBound ?? first.upperBound
    report("D204", Fix([Fix.Edit(first.upperBound..<end, "\n")]))
  }

  // MARK: Lines

  /// D200, D205, D209, D210, D212 and D213.
  func checkLines(_ report: (String, Fix?) -> Void) {
    let text = textLines
    let hasText = lines.reduce(0) { $0 + (isBlank($1) ? 0 : 1) }
    if hasText == 1, lines.count > 1 { report("D200", oneLine(text)) }
    if prefix.isTriple, text.count > 1 {
      let blank = text.dropFirst().prefix { isBlank($0) }
      if blank.count != 1 {
        var fix: Fix?
        if let start = blank.first?.upperBound, let last = blank.last {
          fix = Fix([Fix.Edit(start..<last.upperBound, "")])
        }
        report("D205", fix)
      }
    }
    if prefix.isTriple, hasText > 1, let last = lines.last, !isBlank(last) {
      let end = trimmed(last).upperBound
      let space = String(decoding: indentation.filter { $0 == 0x09 || $0 == 0x20 }, as: UTF8.self)
      let isOwnLine = indentation.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      report(
        "D209", isOwnLine ? Fix([Fix.Edit(end..<body.upperBound, "\n" + space)]) : nil)
    }
    let first = lines[0]
    let inner = trimmed(first)
    if !inner.isEmpty, inner != first { report("D210", trimming(first, inner)) }
    if lines.count > 1 {
      if first.isEmpty {
        if prefix.isTriple { report("D212", joining(text)) }
      } else if bytes[first.upperBound - 1] != UInt8(ascii: "\\") {
        report("D213", nil)
      }
    }
  }

  private func oneLine(_ text: ArraySlice<Range<Int>>) -> Fix? {
    guard let line = text.first, case let inner = trimmed(line),
      let last = bytes[inner].last, last != prefix.quote, last != UInt8(ascii: "\\"),
      bytes[inner].first != prefix.quote
    else { return nil }
    return Fix(isSafe: false, [Fix.Edit(body, bytes[inner])])
  }

  private func trimming(_ line: Range<Int>, _ inner: Range<Int>) -> Fix? {
    let text = bytes[inner]
    guard text.first != prefix.quote, text.last != prefix.quote, text.last != UInt8(ascii: "\\")
    else { return nil }
    return Fix([Fix.Edit(line, text)])
  }

  private func joining(_ text: ArraySlice<Range<Int>>) -> Fix? {
    text.first.map { Fix([Fix.Edit(body.lowerBound..<leadingSpace($0).upperBound, "")]) }
  }

  // MARK: Indentation

  /// D206, D207 and D208; with the place of the line, or nil for the docstring.
  func checkIndentation(_ report: (String, Int?, Fix?) -> Void) {
    guard lines.count > 1 else { return }
    let indent = indentation
    let size = width(indent.startIndex..<indent.endIndex)
    var hasTab = indent.contains(0x09)
    var over: [Range<Int>] = []
    var isOver = true
    let space: [UInt8] = indent.map { $0 == 0x09 ? 0x09 : 0x20 }
    func replacing(_ line: Range<Int>) -> Fix { Fix([Fix.Edit(leadingSpace(line), space)]) }
    for index in lines.indices.dropFirst() {
      let previous = lines[index - 1]
      if !previous.isEmpty, bytes[previous.upperBound - 1] == UInt8(ascii: "\\") { continue }
      let line = lines[index]
      let isLast = index == lines.count - 1
      let leading = leadingSpace(line)
      let isEmpty = leading.upperBound == line.upperBound
      if !isLast, isEmpty { continue }
      let own = width(leading)
      if !hasTab { hasTab = bytes[leading].contains(0x09) }
      if own < size { report("D207", line.lowerBound, replacing(line)) }
      if !(isLast && isEmpty) {
        if own > size { over.append(line) } else { isOver = false }
      }
    }
    if hasTab { report("D206", nil, nil) }
    if isOver {
      let smallest = over.map { width(leadingSpace($0)) - size }.min() ?? 0
      for line in over {
        report(
          "D208", line.lowerBound,
          Fix([Fix.Edit(line.lowerBound..<(line.lowerBound + size + smallest), space)]))
      }
    }
    if let last = lines.last, case let leading = leadingSpace(last),
      leading.upperBound == last.upperBound, width(leading) > size
    {
      report("D208", last.lowerBound, replacing(last))
    }
  }
}
