/// One output of a cell while it runs.
enum CellOutput: Sendable, Equatable {
  /// Text of `stdout` or `stderr`, which grows.
  case stream(name: String, text: String)
  /// Anything else, as it stands in a notebook.
  case whole(NotebookJSON)

  /// As it stands in a notebook.
  var value: NotebookJSON {
    switch self {
    case .stream(let name, let text):
      ["output_type": "stream", "name": .string(name), "text": .string(text)]
    case .whole(let value): value
    }
  }

  /// What a message of the kernel shows; nil for a message that shows nothing.
  init?(_ kind: MessageKind, _ content: NotebookJSON) {
    switch kind {
    case .stream:
      guard let text = content["text"]?.string else { return nil }
      self = .stream(name: content["name"]?.string ?? "stdout", text: text)
    case .displayData, .executeResult:
      var value: NotebookObject = [
        "output_type": .string(kind.rawValue), "data": content["data"] ?? [:],
        "metadata": content["metadata"] ?? [:],
      ]
      if kind == .executeResult { value["execution_count"] = content["execution_count"] ?? .null }
      self = .whole(.object(value))
    case .error:
      self = .whole([
        "output_type": "error", "ename": content["ename"] ?? "",
        "evalue": content["evalue"] ?? "", "traceback": content["traceback"] ?? [],
      ])
    default: return nil
    }
  }
}
