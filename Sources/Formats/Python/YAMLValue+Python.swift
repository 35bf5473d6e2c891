extension YAMLValue {
  /// What Python's `str()` gives for the value.
  package var pythonText: String {
    switch self {
    case .string(let text): text
    case .date(let date): date.isoText
    case .dateTime(let time): time.isoText
    default: pythonRepr
    }
  }

  /// What Python's `repr()` gives for the value; a set is written in the order of the text.
  package var pythonRepr: String {
    switch self {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .bigInt(let text): text
    case .float(let value): PythonText.repr(value)
    case .string(let text): PythonText.repr(text)
    case .bytes(let bytes): PythonText.repr(bytes)
    case .date(let date): "datetime.date(\(date.year), \(date.month), \(date.day))"
    case .dateTime(let time): time.pythonRepr
    case .list(let values): "[" + joined(values) + "]"
    case .tuple(let values): "(" + joined(values) + (values.count == 1 ? ",)" : ")")
    case .set(let values): values.isEmpty ? "set()" : "{" + joined(values) + "}"
    case .map(let entries):
      "{"
        + entries.map { $0.key.pythonRepr + ": " + $0.value.pythonRepr }.joined(separator: ", ")
        + "}"
    }
  }

  private func joined(_ values: [YAMLValue]) -> String {
    values.map(\.pythonRepr).joined(separator: ", ")
  }
}

extension YAMLDate {
  /// `2024-01-31`.
  package var isoText: String { "\(padded(year, 4))-\(padded(month))-\(padded(day))" }
}

extension YAMLDateTime {
  /// `2024-01-31 12:00:00.500000+02:00`.
  package var isoText: String {
    var text = "\(date.isoText) \(padded(hour)):\(padded(minute)):\(padded(second))"
    if microsecond > 0 { text += "." + padded(microsecond, 6) }
    guard let offset else { return text }
    let minutes = abs(offset) / 60
    return text + (offset < 0 ? "-" : "+") + "\(padded(minutes / 60)):\(padded(minutes % 60))"
  }

  fileprivate var pythonRepr: String {
    var numbers = [date.year, date.month, date.day, hour, minute, second, microsecond]
    // Python leaves out trailing zeros of the last two.
    if microsecond == 0 {
      numbers.removeLast()
      if second == 0 { numbers.removeLast() }
    }
    let text = numbers.map { String($0) }.joined(separator: ", ")
    return "datetime.datetime(\(text)\(zoneRepr))"
  }

  private var zoneRepr: String {
    guard let offset else { return "" }
    if offset == 0 { return ", tzinfo=datetime.timezone.utc" }
    // A timedelta keeps its seconds positive and counts days down.
    let delta = offset < 0 ? "days=-1, seconds=\(offset + 86_400)" : "seconds=\(offset)"
    return ", tzinfo=datetime.timezone(datetime.timedelta(\(delta)))"
  }
}

private func padded(_ value: Int, _ width: Int = 2) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
