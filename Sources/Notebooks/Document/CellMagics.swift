/// What IPython reads and Python does not: magics, shell lines, help.
package enum CellMagics {
  /// Cell magics whose body is Python all the same.
  private static let python = [
    "time", "timeit", "capture", "prun", "python", "python3", "pypy", "debug", "memit", "mprun",
  ]

  /// The source with what is no Python replaced, line by line: the lines stay, and what is replaced does nothing.
  package static func masked(_ source: String) -> String {
    guard holdsSign(source) else { return source }
    var lines = source.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if let first = lines.firstIndex(where: { $0.contains { !$0.isWhitespace } }),
      lines[first].hasPrefix("%%")
    {
      let name = lines[first].dropFirst(2).prefix { !$0.isWhitespace }
      let isPython = python.contains(String(name))
      for index in first..<lines.count where index == first || !isPython {
        lines[index] = lines[index].contains { !$0.isWhitespace } ? "pass" : ""
      }
      if !isPython { return lines.joined(separator: "\n") }
    }
    var continues = false
    var depth = TextDepth()
    for index in lines.indices {
      let line = lines[index]
      let isInside = depth.isInside
      if continues {
        continues = line.hasSuffix("\\")
        lines[index] = ""
        continue
      }
      if !isInside, holdsSign(line), let mask = mask(line) {
        continues = line.hasSuffix("\\")
        lines[index] = mask
        continue
      }
      depth.read(line)
    }
    return lines.joined(separator: "\n")
  }

  /// Whether one of `!`, `%` and `?` stands in a text: without them all of it is Python.
  private static func holdsSign(_ text: String) -> Bool {
    text.utf8.contains { $0 == 0x21 || $0 == 0x25 || $0 == 0x3F }
  }

  /// What stands for a line that is no Python; nil for one that is.
  private static func mask(_ line: String) -> String? {
    let indent = line.prefix { $0 == " " || $0 == "\t" }
    let rest = line.dropFirst(indent.count)
    guard let first = rest.first else { return nil }
    if first == "%" || first == "!" || first == "?" { return indent + "pass" }
    var end = rest
    while end.last?.isWhitespace == true { end = end.dropLast() }
    // `name?` and `name??`
    if end.hasSuffix("?"),
      end.allSatisfy({ $0.isLetter || $0.isNumber || "_.?*".contains($0) })
    {
      return indent + "pass"
    }
    // `files = !ls`, `t = %timeit -o f()`
    guard let equal = rest.firstIndex(of: "=") else { return nil }
    let value = rest[rest.index(after: equal)...].drop { $0 == " " }
    guard value.first == "!" || value.first == "%" else { return nil }
    let target = rest[..<equal]
    guard target.allSatisfy({ $0.isLetter || $0.isNumber || "_., \t()[]'\"".contains($0) }),
      !value.hasPrefix("!=")
    else { return nil }
    return indent + target + "= None"
  }

  /// Whether a line begins inside of brackets or of a text of several lines, where `%` is an operator.
  private struct TextDepth {
    private var brackets = 0
    private var quote: (sign: UInt8, count: Int)?
    private var isContinued = false

    var isInside: Bool { brackets > 0 || quote != nil || isContinued }

    mutating func read(_ line: String) {
      var line = line
      line.withUTF8 { read($0) }
    }

    /// All that matters is ASCII.
    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
      func standsThrice(_ sign: UInt8, _ place: Int) -> Bool {
        place + 2 < bytes.count && bytes[place] == sign && bytes[place + 1] == sign
          && bytes[place + 2] == sign
      }
      var place = 0
      isContinued = false
      while place < bytes.count {
        let byte = bytes[place]
        if let open = quote {
          if byte == open.sign, open.count == 1 || standsThrice(byte, place) {
            quote = nil
            place += open.count
          } else {
            place += byte == UInt8(ascii: "\\") ? 2 : 1
          }
          continue
        }
        switch byte {
        case UInt8(ascii: "#"): return
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          let count = standsThrice(byte, place) ? 3 : 1
          quote = (byte, count)
          place += count
          continue
        case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): brackets += 1
        case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
          brackets = max(0, brackets - 1)
        case UInt8(ascii: "\\") where place + 1 == bytes.count: isContinued = true
        default: break
        }
        place += 1
      }
      // A text of one line ends with it, as far as anybody can say.
      if quote?.count == 1 { quote = nil }
    }
  }
}
