/// How large one text may get. CPython would go on until the memory is full.
enum TextLimits {
  /// In bytes.
  static let longest = 1 << 28

  package static func check(_ size: Int) throws(TemplateError) {
    guard size <= longest else {
      throw .limit("a text of more than \(longest >> 20) MiB")
    }
  }

  /// The product of a size and a count, both not negative.
  package static func check(_ size: Int, times count: Int) throws(TemplateError) {
    let (product, overflow) = size.multipliedReportingOverflow(by: count)
    guard !overflow else { throw .limit("a text of more than \(longest >> 20) MiB") }
    try check(product)
  }
}

extension Text {
  /// `str * count`.
  package func repeated(_ count: Int) throws(TemplateError) -> Text {
    guard count > 0, !isEmpty else { return .empty }
    guard count > 1 else { return self }
    try TextLimits.check(bytes.count, times: count)
    if bytes.count == 1 {
      return Text(bytes: Array(repeating: bytes[0], count: count), count: count)
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count * count)
    for _ in 0..<count { result += bytes }
    return Text(bytes: result, count: self.count * count)
  }

  /// `str.replace(old, new, most)`; `most` below 0 is no limit.
  package func replacing(_ old: Text, with new: Text, most: Int = -1) throws(TemplateError) -> Text
  {
    if most == 0 { return self }
    if old.isEmpty { return try interleaved(with: new, most: most) }
    guard old.bytes.count <= bytes.count, var found = firstOffset(of: old) else { return self }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var start = 0
    var done = 0
    while true {
      result += bytes[start..<found]
      result += new.bytes
      try TextLimits.check(result.count)
      start = found + old.bytes.count
      done += 1
      guard most < 0 || done < most, let next = firstOffset(of: old, from: start) else { break }
      found = next
    }
    result += bytes[start...]
    return Text(bytes: result)
  }

  /// The text with another one in front of every character and at the end.
  private func interleaved(with new: Text, most: Int) throws(TemplateError) -> Text {
    let places = most < 0 ? count + 1 : min(most, count + 1)
    try TextLimits.check(new.bytes.count, times: places)
    var result: [UInt8] = []
    var position = 0
    for place in 0..<places {
      result += new.bytes
      guard place < count else { break }
      let start = position
      _ = Text.decode(bytes, &position)
      result += bytes[start..<position]
    }
    result += bytes[position...]
    return Text(bytes: result)
  }

  /// `str.join(parts)`.
  package static func joined(_ parts: [Text], by separator: Text = .empty) throws(TemplateError)
    -> Text
  {
    var size = 0
    var count = 0
    for part in parts {
      size += part.bytes.count
      count += part.count
    }
    if parts.count > 1 {
      try TextLimits.check(separator.bytes.count, times: parts.count - 1)
      size += separator.bytes.count * (parts.count - 1)
      count += separator.count * (parts.count - 1)
    }
    try TextLimits.check(size)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    for (index, part) in parts.enumerated() {
      if index > 0 { bytes += separator.bytes }
      bytes += part.bytes
    }
    return Text(bytes: bytes, count: count)
  }

  /// `str.ljust(width, fill)`.
  package func paddedRight(to width: Int, with fill: Text = " ") throws(TemplateError) -> Text {
    guard width > count else { return self }
    return self + (try fill.repeated(width - count))
  }

  /// `str.rjust(width, fill)`.
  package func paddedLeft(to width: Int, with fill: Text = " ") throws(TemplateError) -> Text {
    guard width > count else { return self }
    return try fill.repeated(width - count) + self
  }

  /// `str.center(width, fill)`: of an odd margin the larger half stands left when the width is odd.
  package func centered(in width: Int, with fill: Text = " ") throws(TemplateError) -> Text {
    guard width > count else { return self }
    let margin = width - count
    let left = margin / 2 + (margin & width & 1)
    return try fill.repeated(left) + self + (try fill.repeated(margin - left))
  }

  /// `str.zfill(width)`: zeros behind a sign.
  package func zeroFilled(to width: Int) throws(TemplateError) -> Text {
    guard width > count else { return self }
    let zeros = try Text.ascii(0x30).repeated(width - count)
    guard let first = bytes.first, first == 0x2B || first == 0x2D else { return zeros + self }
    return Text.ascii(first) + zeros + Text(bytes[1...])
  }

  /// `str.expandtabs(size)`.
  package func expandingTabs(to size: Int = 8) throws(TemplateError) -> Text {
    var result: [UInt8] = []
    var column = 0
    var position = 0
    while position < bytes.count {
      let start = position
      let point = Text.decode(bytes, &position)
      if point == 0x09 {
        guard size > 0 else { continue }
        let blanks = size - column % size
        try TextLimits.check(result.count, times: 1)
        try TextLimits.check(blanks)
        result += Array(repeating: 0x20, count: blanks)
        column += blanks
        try TextLimits.check(result.count)
      } else {
        result += bytes[start..<position]
        column = point == 0x0A || point == 0x0D ? 0 : column + 1
      }
    }
    return Text(bytes: result)
  }

  /// The characters in the opposite order.
  package func reversed() -> Text {
    isASCII ? Text(bytes: bytes.reversed(), count: count) : Text(codePoints: codePoints.reversed())
  }

  package func hasPrefix(_ prefix: Text) -> Bool { bytes.starts(with: prefix.bytes) }

  package func hasSuffix(_ suffix: Text) -> Bool {
    bytes.count >= suffix.bytes.count
      && bytes.suffix(suffix.bytes.count).elementsEqual(suffix.bytes)
  }

  /// How many occurrences that do not overlap there are between two bytes.
  package func occurrences(of needle: Text, from start: Int, to end: Int) -> Int {
    if needle.isEmpty {
      return start > end ? 0 : index(of: end) - index(of: start) + 1
    }
    var found = 0
    var position = start
    while let next = firstOffset(of: needle, from: position, to: end) {
      found += 1
      position = next + needle.bytes.count
    }
    return found
  }
}
