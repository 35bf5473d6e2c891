import Python

extension Docstring {
  /// D417: parameters that a section about arguments leaves out.
  func checkArguments(_ known: Set<String>, _ report: SectionReport) {
    guard let function else { return }
    let tree = source.tree
    var missing: [String] = []
    var skipsFirst = definition.kind == .method && !source.isStaticMethod(function)
    for parameter in tree.parameters(of: function) {
      let name = tree.name(of: parameter) ?? ""
      var stars = ""
      switch tree.parameterKind(of: parameter) {
      case .variadic: stars = "*"
      case .variadicKeyword:
        stars = "**"
        if let type = tree.annotation(of: parameter), isUnpack(type) { continue }
      default:
        if skipsFirst {
          skipsFirst = false
          continue
        }
      }
      if name.hasPrefix("_") || known.contains(name) || known.contains(stars + name) { continue }
      missing.append(stars + name)
    }
    guard !missing.isEmpty else { return }
    report(
      "D417", source.nameRange(of: function),
      [
        "name": tree.name(of: function) ?? "", "names": missing.sorted().joined(separator: ", "),
      ], nil)
  }

  private func isUnpack(_ type: NodeID) -> Bool {
    let tree = source.tree
    let name = tree.kind(type) == .subscriptExpression ? tree.operand(of: type) ?? type : type
    return source.isTyping(name, "Unpack")
  }

  /// The arguments that a section of numpy's style lists.
  func listed(_ section: Section) -> Set<String> {
    var names: Set<String> = []
    let level = bytes[section.start..<(section.start + section.indent)]
    // A backslash joins two lines.
    var lines: [Range<Int>] = []
    for line in section.following {
      if let last = lines.last, !last.isEmpty, bytes[last.upperBound - 1] == UInt8(ascii: "\\") {
        lines[lines.count - 1] = last.lowerBound..<line.upperBound
      } else {
        lines.append(line)
      }
    }
    for (line, next) in zip(lines, lines.dropFirst()) {
      let space = leadingSpace(line)
      guard bytes[space].elementsEqual(level), leadingSpace(next).count > space.count,
        !isBlank(next)
      else { continue }
      let end = bytes[line].firstIndex(of: UInt8(ascii: ":")) ?? line.upperBound
      for part in bytes[line.lowerBound..<end].split(
        separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      {
        var inner = text(trimmed(part.startIndex..<part.endIndex))
        if inner.contains("\\") {
          inner = inner.split(separator: "\\\n").joined()
          inner = inner.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        names.insert(inner)
      }
    }
    return names
  }

  /// The arguments that a section of Google's style describes.
  func described(_ section: Section) -> Set<String> {
    guard let first = section.following.first else { return [] }
    let space = bytes[leadingSpace(first)]
    let lines = section.following.filter { line in
      line.isEmpty || bytes[line].starts(with: space) && !isUnderline(line)
    }
    let level = lines.filter { !isBlank($0) }.map { leadingSpace($0).count }.min() ?? 0
    var items: [[UInt8]] = []
    var isFirst = true
    for line in lines {
      if isFirst, isBlank(line) { continue }
      var rest = bytes[line].dropFirst(min(level, leadingSpace(line).count))
      if isFirst { rest = bytes[leadingSpace(line).upperBound..<line.upperBound] }
      if rest.isEmpty || rest.first == 0x20 || rest.first == 0x09 {
        if !items.isEmpty { items[items.count - 1] += Array(rest) + [0x0A] }
      } else {
        items.append(Array(rest) + [0x0A])
      }
      isFirst = false
    }
    return Set(items.compactMap(Self.argument))
  }

  /// The name of `name (type): what it is`.
  private static func argument(_ item: [UInt8]) -> String? {
    var index = 0
    while index < 2, item[index] == UInt8(ascii: "*") { index += 1 }
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }
    func isWord(_ byte: UInt8) -> Bool {
      byte >= 0x80 || byte == 0x5F || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }
    let start = index
    while index < item.count, isWord(item[index]) { index += 1 }
    guard index > start else { return nil }
    let name = String(decoding: item[..<index], as: UTF8.self)
    /// Whether a colon and a text follow.
    func ends(_ place: Int) -> Bool {
      var place = place
      while place < item.count, isSpace(item[place]) { place += 1 }
      guard place < item.count, item[place] == UInt8(ascii: ":") else { return false }
      return item[(place + 1)...].contains { $0 != 0x0A }
    }
    if ends(index) { return name }
    while index < item.count, isSpace(item[index]) { index += 1 }
    guard index < item.count, item[index] == UInt8(ascii: "(") else { return nil }
    while index < item.count, item[index] != 0x0A {
      if item[index] == UInt8(ascii: ")"), ends(index + 1) { return name }
      index += 1
    }
    return nil
  }
}
