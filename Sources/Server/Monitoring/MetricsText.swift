/// Lines of Prometheus' text format.
struct MetricsText {
  private(set) var lines = ""

  /// What the lines of a metric begin with: its help and type.
  mutating func begin(_ name: String, _ type: String, _ help: String) {
    lines += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
  }

  mutating func add(_ name: String, _ labels: [(name: String, value: String)], _ value: String) {
    lines += name
    if !labels.isEmpty {
      lines += "{"
      lines += labels.map { "\($0.name)=\"\(MetricsText.escaped($0.value))\"" }
        .joined(separator: ",")
      lines += "}"
    }
    lines += " \(value)\n"
  }

  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { result, character in
      switch character {
      case "\\": result += "\\\\"
      case "\"": result += "\\\""
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
  }
}
