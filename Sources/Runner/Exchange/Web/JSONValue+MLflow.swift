import Formats
import Records

extension JSONValue {
  /// A text, or a number as text.
  func text(_ key: String) -> String? {
    switch self[key] {
    case .string(let text): text
    case .int(let number): String(number)
    default: nil
    }
  }

  /// A whole number, also as a text: protocol buffers write large ones so.
  func whole(_ key: String) -> Int64? {
    switch self[key] {
    case .int(let number): number
    case .double(let number): Int64(exactly: number)
    case .string(let text): Int64(text)
    default: nil
    }
  }

  /// A number, or one of the words for those that JSON lacks.
  func measured(_ key: String) -> Double? {
    switch self[key] {
    case .int(let number): Double(number)
    case .double(let number): number
    case .string(let text): PythonNumber.float(text)
    default: nil
    }
  }

  func tags(_ key: String) -> [Tag] {
    (self[key]?.array ?? []).compactMap { item in
      item.text("key").map { Tag($0, item.text("value") ?? "") }
    }.sorted { $0.key < $1.key }
  }

  func params(_ key: String) -> [Param] { tags(key).map { Param($0.key, $0.value) } }

  /// A point of a metric.
  var point: Metric? {
    guard let key = text("key"), let value = measured("value") else { return nil }
    return Metric(key, value, timestamp: whole("timestamp") ?? 0, step: whole("step") ?? 0)
  }
}
