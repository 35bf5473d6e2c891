import Formats
import Platform

/// What a `meta.yaml` says.
struct ForeignMeta {
  let value: YAMLValue
  let path: String

  init(_ value: YAMLValue, path: String) {
    self.value = value
    self.path = path
  }

  /// A text; a number or a truth value that lost its quotes counts as one.
  func text(_ key: String) -> String? {
    switch value[key] {
    case .string(let text): text
    case .int(let number): String(number)
    case .bigInt(let digits): digits
    case .bool(let value): value ? "True" : "False"
    default: nil
    }
  }

  /// A whole number, also one in quotes or with a fraction of zero.
  func whole(_ key: String) -> Int64? {
    switch value[key] {
    case .int(let number): number
    case .float(let number): Int64(exactly: number)
    case .string(let text): Int64(text)
    default: nil
    }
  }

  /// The texts of a mapping, in the order of the file.
  func pairs(_ key: String) -> [(key: String, value: String)] {
    (value[key]?.entries ?? []).compactMap { entry in
      guard let key = entry.key.string else { return nil }
      switch entry.value {
      case .string(let text): return (key, text)
      case .int(let number): return (key, String(number))
      case .bool(let value): return (key, value ? "True" : "False")
      case .none: return (key, "")
      default: return nil
      }
    }
  }

  func failure(_ message: String, hint: String? = nil) -> Failure {
    Failure(.invalid, message, hint: hint, at: SourceLocation(file: path))
  }
}
