import Python

/// What comments say about sorting: `# isort: skip_file`, `off`, `on`, `split`, `skip`.
struct ImportDirectives {
  private(set) var skipsFile = false
  private var exclusions: [Range<Int>] = []
  private var splits: [Int] = []

  init(_ source: PythonSource) {
    let layout = source.layout
    var off: Int?
    for line in layout.lines where line.traits.contains(.isComment) {
      for index in line.tokens where layout.traits[index].contains(.isComment) {
        let token = source.list.tokens[index]
        guard Self.mentions(source.bytes, token.range) else { continue }
        var text = source.list.text(token)
        while text.last?.isWhitespace == true { text.removeLast() }
        if text.hasPrefix("# ruff: isort:") { text = "# " + text.dropFirst(8) }
        let start = Int(token.start)
        switch text {
        case "# isort: split": splits.append(start)
        case "# isort: skip_file", "# isort:skip_file": skipsFile = true
        case "# isort: on" where off != nil:
          exclusions.append(off.unsafelyUnwrapped..<start)
          off = nil
        case "# isort: off" where off == nil: off = start
        case _ where off == nil && (text.contains("isort: skip") || text.contains("isort:skip")):
          exclusions.append(source.lineStart(of: start)..<Int(token.end))
        default: break
        }
      }
    }
    if let off { exclusions.append(off..<source.bytes.count) }
  }

  func excludes(_ start: Int) -> Bool { exclusions.contains { $0.contains(start) } }

  func splits(_ first: Int, _ second: Int) -> Bool {
    splits.contains { $0 > first && $0 <= second }
  }

  private static func mentions(_ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    bytes.withUnsafeBufferPointer { bytes in
      var place = range.lowerBound
      while place + 5 <= range.upperBound {
        if bytes[place] == UInt8(ascii: "i"), bytes[place + 1] == UInt8(ascii: "s"),
          bytes[place + 2] == UInt8(ascii: "o"), bytes[place + 3] == UInt8(ascii: "r")
        {
          return true
        }
        place += 1
      }
      return false
    }
  }
}
