extension Text {
  /// `str.lower()`.
  package func lowered() -> Text {
    if isASCII { return mapASCII { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 } }
    let points = codePoints
    var result: [UInt32] = []
    for index in points.indices { Text.appendLower(points, index, to: &result) }
    return Text(codePoints: result)
  }

  /// `str.upper()`.
  package func uppered() -> Text {
    if isASCII { return mapASCII { $0 >= 0x61 && $0 <= 0x7A ? $0 & 0xDF : $0 } }
    var result: [UInt32] = []
    for point in codePoints { CodePoint.appendUpper(point, to: &result) }
    return Text(codePoints: result)
  }

  /// `str.capitalize()`.
  package func capitalized() -> Text {
    let points = codePoints
    guard let first = points.first else { return self }
    var result: [UInt32] = []
    CodePoint.appendTitle(first, to: &result)
    for index in points.indices.dropFirst() { Text.appendLower(points, index, to: &result) }
    return Text(codePoints: result)
  }

  /// `str.title()`: a capital after everything that is no cased letter.
  package func titled() -> Text {
    let points = codePoints
    var result: [UInt32] = []
    var isInWord = false
    for (index, point) in points.enumerated() {
      if isInWord {
        Text.appendLower(points, index, to: &result)
      } else {
        CodePoint.appendTitle(point, to: &result)
      }
      isInWord = CodePoint.isCased(point)
    }
    return Text(codePoints: result)
  }

  /// `str.swapcase()`.
  package func caseSwapped() -> Text {
    let points = codePoints
    var result: [UInt32] = []
    for (index, point) in points.enumerated() {
      if CodePoint.isUpper(point) {
        Text.appendLower(points, index, to: &result)
      } else if CodePoint.isLower(point) {
        CodePoint.appendUpper(point, to: &result)
      } else {
        result.append(point)
      }
    }
    return Text(codePoints: result)
  }

  /// `str.casefold()`.
  package func caseFolded() -> Text {
    if isASCII { return lowered() }
    var result: [UInt32] = []
    for point in codePoints { CodePoint.appendFolded(point, to: &result) }
    return Text(codePoints: result)
  }

  private func mapASCII(_ transform: (UInt8) -> UInt8) -> Text {
    Text(bytes: bytes.map(transform), count: count)
  }

  /// The small letter of a character in its text, where a capital sigma at a word's end has a form of its own.
  private static func appendLower(_ points: [UInt32], _ index: Int, to result: inout [UInt32]) {
    guard points[index] == 0x3A3 else {
      return CodePoint.appendLower(points[index], to: &result)
    }
    let before = points[..<index].last { !CodePoint.isCaseIgnorable($0) }
    let after = points[(index + 1)...].first { !CodePoint.isCaseIgnorable($0) }
    let isFinal =
      before.map(CodePoint.isCased) ?? false && !(after.map(CodePoint.isCased) ?? false)
    result.append(isFinal ? 0x3C2 : 0x3C3)
  }
}
