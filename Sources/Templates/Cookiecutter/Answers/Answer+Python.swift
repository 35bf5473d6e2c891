import Formats

extension Answer {
  /// What Python's `str()` gives for the value.
  package var pythonText: String {
    if case .string(let text) = self { return text }
    return pythonRepr
  }

  /// What Python's `repr()` gives for the value.
  package var pythonRepr: String {
    switch self {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .int(let value): String(value)
    case .bigInt(let text): text
    case .float(let value): PythonText.repr(value)
    case .string(let text): PythonText.repr(text)
    case .list(let values): "[" + values.map(\.pythonRepr).joined(separator: ", ") + "]"
    case .map(let map) where map.isOrdered:
      map.entries.isEmpty
        ? "OrderedDict()"
        : "OrderedDict(["
          + map.entries.map { "(\(PythonText.repr($0.key)), \($0.value.pythonRepr))" }
          .joined(separator: ", ") + "])"
    case .map(let map):
      "{"
        + map.entries.map { "\(PythonText.repr($0.key)): \($0.value.pythonRepr)" }
        .joined(separator: ", ") + "}"
    }
  }

  /// The value of a YAML text; dates, bytes and sets, which cookiecutter has no use for, as Python prints them.
  init(_ yaml: YAMLValue) {
    switch yaml {
    case .none: self = .none
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(Int(value))
    case .bigInt(let text): self = .bigInt(text)
    case .float(let value): self = .float(value)
    case .string(let text): self = .string(text)
    case .bytes, .date, .dateTime: self = .string(yaml.pythonText)
    case .list(let values), .tuple(let values), .set(let values):
      self = .list(values.map { Answer($0) })
    case .map(let entries):
      self = .map(
        AnswerMap(entries.map { .init($0.key.pythonText, Answer($0.value)) }))
    }
  }
}
