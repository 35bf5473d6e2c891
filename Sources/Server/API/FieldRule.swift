import Formats

/// What MLflow asks of a field before the work begins (the schemas of `mlflow/server/handlers.py`).
package struct FieldRule: Sendable {
  package enum Check: Sendable {
    /// Given, and no empty text.
    case required
    case string
    case int
    case bool
    case float
    case array
    case stringItems
    /// A whole number of at most so much.
    case atMost(Int64)
    /// A whole number within bounds, and what to answer when it is not.
    case range(ClosedRange<Int64>, String)
    /// At most so many items, and what to answer to more.
    case countAtMost(Int, @Sendable (Int) -> String)
    /// Every item has these fields, none an empty text.
    case itemsRequire([String])

    /// Whether only the type is asked for: then a request that could be read whole is not asked again.
    var isOfType: Bool {
      switch self {
      case .string, .int, .bool, .float, .array, .stringItems: true
      default: false
      }
    }
  }

  package var name: String
  package var checks: [Check]

  package init(_ name: String, _ checks: Check...) {
    self.name = name
    self.checks = checks
  }
}

extension FieldRule {
  /// Throws when a field of the request, as it was sent, is not what it should be.
  ///
  /// - Parameter isRead: whether the request's fields all have their kinds.
  func check(_ json: JSONValue, isRead: Bool) throws(APIError) {
    var isRequired = false
    for case .required in checks { isRequired = true }
    var value = json[name]
    guard value != nil || isRequired else { return }
    if name == "run_id", value == nil || value == .null { value = json["run_uuid"] ?? value }
    for check in checks where !(isRead && check.isOfType) {
      guard let complaint = check.complaint(value ?? .null, name) else { continue }
      throw .invalid(complaint + " See the API docs for more information about request parameters.")
    }
  }
}

extension FieldRule.Check {
  /// What to say of a value; nil when nothing.
  fileprivate func complaint(_ value: JSONValue, _ name: String) -> String? {
    switch self {
    case .required:
      return value == .null || value == .string("") ? Self.missing(name) : nil
    case .string: return value.string == nil ? Self.wrong(value, name) : nil
    case .int:
      switch value {
      case .int, .bool, .null, .double: return nil
      case .string(let text):
        return JSONNumbers.pythonInt(text) == nil ? Self.wrong(value, name) : nil
      default: return Self.wrong(value, name)
      }
    case .float:
      switch value {
      case .int, .bool, .null, .double: return nil
      case .string(let text): return Double(text) == nil ? Self.wrong(value, name) : nil
      default: return Self.wrong(value, name)
      }
    case .bool: return value.bool == nil ? Self.wrong(value, name) : nil
    case .array: return value.array == nil ? Self.wrong(value, name) : nil
    case .stringItems:
      guard let items = value.array else { return Self.wrong(value, name) }
      return items.allSatisfy { $0.string != nil } ? nil : Self.wrong(value, name)
    case .atMost(let most):
      guard let number = JSONNumbers.pythonInt(value), number <= most else {
        return Self.wrong(value, name)
      }
      return nil
    case .range(let range, let complaint):
      guard let number = JSONNumbers.pythonInt(value) else { return Self.wrong(value, name) }
      return range.contains(number) ? nil : complaint
    case .countAtMost(let most, let complaint):
      let count = value.array?.count ?? 0
      return count > most ? complaint(count) : nil
    case .itemsRequire(let fields):
      for (index, item) in (value.array ?? []).enumerated() {
        for field in fields {
          let part = item[field] ?? .null
          if part == .null || part == .string("") {
            return Self.missing("\(name)[\(index)].\(field)")
          }
        }
      }
      return nil
    }
  }

  private static func missing(_ name: String) -> String {
    "Missing value for required parameter '\(name)'."
  }

  private static func wrong(_ value: JSONValue, _ name: String) -> String {
    "Invalid value \(PythonJSON.text(value)) for parameter '\(name)' supplied: "
      + " Hint: Value was of type '\(PythonJSON.typeName(value))'."
  }
}
