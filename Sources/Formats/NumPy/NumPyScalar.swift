/// One value of a NumPy array, whole numbers with all their digits.
package enum NumPyScalar: Sendable, Hashable {
  case signed(Int64)
  case unsigned(UInt64)
  case float(Double)
  case complex(Double, Double)
  case text(String)
  case raw([UInt8])
  /// NumPy's NaT.
  case notATime
}

extension NumPyScalar: CustomStringConvertible {
  package var description: String {
    switch self {
    case .signed(let value): "\(value)"
    case .unsigned(let value): "\(value)"
    case .float(let value): "\(value)"
    case .complex(let real, let imaginary):
      imaginary.sign == .minus ? "\(real)\(imaginary)j" : "\(real)+\(imaginary)j"
    case .text(let text): "\"\(text)\""
    case .raw(let bytes):
      bytes.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        + (bytes.count > 16 ? "…" : "")
    case .notATime: "NaT"
    }
  }
}
