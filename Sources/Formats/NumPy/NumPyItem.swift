/// How one value lies in the bytes of a NumPy array, whatever its type: `<f8`, `|S10`, `<U5`, `<M8[ns]`.
package struct NumPyItem: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case bool, signed, unsigned, float, complex
    /// ASCII, filled up with zeros.
    case bytes
    /// UTF-32, filled up with zeros.
    case text
    /// A moment or a span, counted in a unit: `ns`, `25s`.
    case time(span: Bool, unit: String)
    /// Bytes without a meaning.
    case void
  }

  package let kind: Kind
  /// In bytes.
  package let size: Int
  private let isBig: Bool
  /// NumPy's name of the type, as it stands in the file.
  package let name: String

  /// - Returns: nil for Python's objects and what is not known.
  init?(_ type: String) {
    name = type
    guard let order = type.first, "<>|=".contains(order), let letter = type.dropFirst().first else {
      return nil
    }
    isBig = order == ">"
    let rest = type.dropFirst(2)
    let digits = rest.prefix { "0123456789".contains($0) }
    guard let width = Int(digits), width < 1 << 28 else { return nil }
    let unit = rest.dropFirst(digits.count)
    let widths: Set<Int>?
    switch letter {
    case "b": (kind, widths) = (.bool, [1])
    case "i": (kind, widths) = (.signed, [1, 2, 4, 8])
    case "u": (kind, widths) = (.unsigned, [1, 2, 4, 8])
    // 16 bytes are the 80 bits of x86 with six that mean nothing.
    case "f": (kind, widths) = (.float, [2, 4, 8, 16])
    case "c": (kind, widths) = (.complex, [8, 16, 32])
    case "S", "a": (kind, widths) = (.bytes, nil)
    case "U": (kind, widths) = (.text, nil)
    case "V": (kind, widths) = (.void, nil)
    case "M", "m":
      guard unit.isEmpty || unit.hasPrefix("[") && unit.hasSuffix("]") else { return nil }
      kind = .time(span: letter == "m", unit: String(unit.dropFirst().dropLast()))
      widths = [8]
    default: return nil
    }
    guard unit.isEmpty || letter == "M" || letter == "m", widths?.contains(width) ?? true else {
      return nil
    }
    size = letter == "U" ? 4 * width : width
  }

  /// The value that begins at a byte; all of it must lie in the bytes.
  package func value(_ bytes: UnsafeRawBufferPointer, at start: Int) -> NumPyScalar {
    switch kind {
    case .bool: return .unsigned(bytes[start] == 0 ? 0 : 1)
    case .unsigned: return .unsigned(bits(bytes, start, size))
    case .signed: return .signed(signed(bytes, start))
    case .time:
      let count = signed(bytes, start)
      return count == .min ? .notATime : .signed(count)
    case .float: return .float(float(bytes, start, size))
    case .complex:
      let half = size / 2
      return .complex(float(bytes, start, half), float(bytes, start + half, half))
    case .bytes:
      let end = bytes[start..<start + size].lastIndex { $0 != 0 }.map { $0 + 1 } ?? start
      return .text(String(decoding: bytes[start..<end], as: UTF8.self))
    case .text:
      var scalars = String.UnicodeScalarView()
      var zeros = 0
      for place in stride(from: start, to: start + size, by: 4) {
        let code = UInt32(truncatingIfNeeded: bits(bytes, place, 4))
        if code == 0 {
          zeros += 1
          continue
        }
        for _ in 0..<zeros { scalars.append("\0") }
        zeros = 0
        scalars.append(Unicode.Scalar(code) ?? "\u{FFFD}")
      }
      return .text(String(scalars))
    case .void: return .raw(Array(bytes[start..<start + size]))
    }
  }

  private func bits(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ size: Int) -> UInt64 {
    var bits: UInt64 = 0
    for place in 0..<size {
      bits = bits << 8 | UInt64(bytes[isBig ? start + place : start + size - 1 - place])
    }
    return bits
  }

  private func signed(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int64 {
    let unused = UInt64(64 - 8 * size)
    return Int64(bitPattern: bits(bytes, start, size) << unused) >> Int64(unused)
  }

  private func float(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ size: Int) -> Double {
    switch size {
    case 2: return HalfPrecision.double(UInt16(truncatingIfNeeded: bits(bytes, start, 2)))
    case 4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits(bytes, start, 4))))
    case 8: return Double(bitPattern: bits(bytes, start, 8))
    default:
      let low = isBig ? start + 8 : start
      let sign = bits(bytes, isBig ? start + 6 : start + 8, 2)
      return Self.extended(fraction: bits(bytes, low, 8), sign: sign)
    }
  }

  /// The 80 bits of x86's `long double`, rounded to a double: a sign, 15 bits of exponent, 64 of fraction.
  private static func extended(fraction: UInt64, sign: UInt64) -> Double {
    let exponent = Int(sign & 0x7FFF)
    let magnitude: Double
    if exponent == 0x7FFF {
      magnitude = fraction << 1 == 0 ? .infinity : .nan
    } else if fraction == 0 || exponent < 16383 - 1200 {
      magnitude = 0
    } else if exponent > 16383 + 1024 {
      magnitude = .infinity
    } else {
      // In two steps, as the power alone may be below the smallest double.
      let half = Double(sign: .plus, exponent: (exponent - 16383 - 63) / 2, significand: 1)
      let rest = Double(
        sign: .plus, exponent: exponent - 16383 - 63 - (exponent - 16383 - 63) / 2, significand: 1)
      magnitude = Double(fraction) * half * rest
    }
    return sign & 0x8000 == 0 ? magnitude : -magnitude
  }
}
