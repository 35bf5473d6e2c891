import Formats

/// What stands behind a cell's mark or fence: keys and values in their order.
struct CellOptions {
  private(set) var members: [(key: String, value: NotebookJSON)] = []

  init() {}

  init(_ object: NotebookObject) { members = object.inGivenOrder.map { ($0.key, $0.value) } }

  var isEmpty: Bool { members.isEmpty }

  subscript(key: String) -> NotebookJSON? {
    get { members.last { $0.key.hasSameBytes(as: key) }?.value }
    set {
      let place = members.firstIndex { $0.key.hasSameBytes(as: key) }
      switch (newValue, place) {
      case (let value?, let place?): members[place].value = value
      case (let value?, nil): members.append((key, value))
      case (nil, let place?): members.remove(at: place)
      case (nil, nil): break
      }
    }
  }

  mutating func remove(_ key: String) -> NotebookJSON? {
    defer { self[key] = nil }
    return self[key]
  }

  var object: NotebookObject { NotebookObject(members.map { ($0.key, $0.value) }) }

  var tags: [String] { self["tags"]?.array?.compactMap(\.string) ?? [] }

  /// Whether code is run in a file of this kind, as far as the cell says (`active="py"`, the tag `active-ipynb`).
  ///
  /// - Parameter kind: the extension without its dot.
  func isActive(in kind: String, default fallback: Bool = true) -> Bool {
    if self["run_control"]?["frozen"]?.bool == true { return kind == "ipynb" }
    if let tag = tags.first(where: { $0.begins(with: "active-") }) {
      return tag.split(separator: "-").contains { $0 == kind }
    }
    guard let active = self["active"]?.string else { return fallback }
    return active.split(whereSeparator: { $0 == "." || $0 == "," }).contains { $0 == kind }
  }
}

extension CellOptions {
  /// Keys that are jupytext's own and say how a text looked.
  static let layoutKeys = [
    "skipline", "noskipline", "cell_marker", "lines_to_next_cell", "lines_to_end_of_cell_marker",
  ]

  /// The options as one line: `key=value` with the values as JSON, a lone key for null.
  ///
  /// - Parameter asJSON: all of them as one object.
  func text(_ title: String, asJSON: Bool) -> String {
    var words = title.isEmpty ? [] : [title]
    let shown = members.filter { !Self.layoutKeys.contains($0.key) }
    if asJSON {
      if !shown.isEmpty {
        let pairs = shown.map { PythonText.json($0.key) + ": " + $0.value.pythonJSON }
        words.append("{" + pairs.joined(separator: ", ") + "}")
      }
    } else {
      for (key, value) in shown {
        if key == "incorrectly_encoded_metadata", let text = value.string {
          words.append(text)
        } else {
          words.append(value.isNull ? key : key + "=" + value.pythonJSON)
        }
      }
    }
    return words.joined(separator: " ")
  }
}

extension NotebookJSON {
  /// `json.dumps` of the value: a space behind `,` and `:`, ASCII only.
  var pythonJSON: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .number(let text): text
    case .string(let text): PythonText.json(text)
    case .array(let items): "[" + items.map(\.pythonJSON).joined(separator: ", ") + "]"
    case .object(let object):
      "{"
        + object.inGivenOrder.map { PythonText.json($0.key) + ": " + $0.value.pythonJSON }
        .joined(separator: ", ") + "}"
    }
  }
}
