import Platform
import Python

/// W605: backslashes that mean nothing, which Python will not take for ever.
struct InvalidEscapes: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    guard source.tree.problems.isEmpty else { return }
    source.list.tokens.withUnsafeBufferPointer { tokens in
      source.bytes.withUnsafeBufferPointer { bytes in
        /// The f-strings that are open: where they begin, and what was found in them.
        let annotations = StringAnnotations(source.tree)
        var formats: [(part: Token, found: Found)] = []
        for (index, token) in tokens.enumerated() {
          switch token.kind {
          case .string:
            var found = Found()
            let end = Int(token.end)
            let start = Int(token.start)
            guard Self.holdsBackslash(bytes, start..<end), !Self.isRaw(bytes, token) else {
              continue
            }
            found.read(bytes, start..<end, to: end)
            if !annotations.contains(index) { tell(found, token, bytes, report) }
          case .formatStart: formats.append((token, Found()))
          case .formatMiddle:
            guard let last = formats.indices.last, !Self.isRaw(bytes, formats[last].part) else {
              continue
            }
            formats[last].found.read(bytes, token.range, to: bytes.count)
          case .formatEnd:
            if let last = formats.popLast() { tell(last.found, last.part, bytes, report) }
          default: break
          }
        }
      }
    }
  }

  /// The escapes of one literal.
  private struct Found {
    var hasValid = false
    var invalid: [Range<Int>] = []

    private static let valid = Array("\n\r\\'\"abfnrtv01234567xNuU".utf8)

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, to end: Int) {
      var place = range.lowerBound
      while place < range.upperBound {
        guard bytes[place] == 0x5C, place + 1 < end else {
          place += 1
          continue
        }
        let next = bytes[place + 1]
        if Self.valid.contains(next) {
          hasValid = true
        } else {
          var length = 1
          while next >= 0x80, place + 1 + length < end, bytes[place + 1 + length] & 0xC0 == 0x80 {
            length += 1
          }
          invalid.append(place..<(place + 1 + length))
        }
        place += 2
      }
    }
  }

  private func tell(
    _ found: Found, _ literal: Token, _ bytes: UnsafeBufferPointer<UInt8>,
    _ report: (PythonFinding) -> Void
  ) {
    for range in found.invalid {
      let text = String(decoding: bytes[range], as: UTF8.self)
      let edit: Fix.Edit
      let start = Int(literal.start)
      if found.hasValid {
        let place = range.lowerBound + 1
        edit = Fix.Edit(place..<place, "\\")
      } else if bytes[start] | 0x20 == UInt8(ascii: "u") {
        edit = Fix.Edit(start..<(start + 1), "r")
      } else {
        let isBehindWord = start > 0 && (0x61...0x7A).contains(bytes[start - 1] | 0x20)
        edit = Fix.Edit(start..<start, isBehindWord ? " r" : "r")
      }
      report(PythonFinding("W605", range, ["escape": text], fix: Fix([edit])))
    }
  }

  private static func holdsBackslash(
    _ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Bool {
    var place = range.lowerBound
    while place < range.upperBound {
      if bytes[place] == 0x5C { return true }
      place += 1
    }
    return false
  }

  private static func isRaw(_ bytes: UnsafeBufferPointer<UInt8>, _ token: Token) -> Bool {
    var place = Int(token.start)
    while bytes[place] != 0x22, bytes[place] != 0x27 {
      if bytes[place] | 0x20 == UInt8(ascii: "r") { return true }
      place += 1
    }
    return false
  }
}
