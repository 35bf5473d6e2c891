import Formats

/// The state of the notebook's widgets, from what they say over their comms.
struct WidgetStates: Sendable {
  private var states: [String: NotebookObject] = [:]
  /// Binary parts by the widget and their path in the state.
  private var buffers: [String: [String: NotebookJSON]] = [:]

  var isEmpty: Bool { states.isEmpty }

  mutating func receive(_ kind: MessageKind, _ content: NotebookJSON, buffers parts: [[UInt8]]) {
    guard kind != .commClose, let id = content["comm_id"]?.string, let data = content["data"],
      let state = data["state"]?.object
    else { return }
    update(id, .object(state))
    for (path, part) in zip(data["buffer_paths"]?.array ?? [], parts) {
      buffers[id, default: [:]][path.text()] = [
        "data": .string(Base64.encode(part)), "encoding": "base64", "path": path,
      ]
    }
  }

  /// Changes a part of a widget's state.
  mutating func update(_ id: String, _ state: NotebookJSON) {
    for (key, value) in state.object ?? [:] { states[id, default: [:]][key] = value }
  }

  /// `metadata.widgets` of a notebook (`application/vnd.jupyter.widget-state+json`, version 2.0); nil when there are no
  /// widgets.
  var metadata: NotebookJSON? {
    guard !isEmpty else { return nil }
    var all = NotebookObject()
    for (id, state) in states where state["_model_name"] != nil {
      var widget: NotebookObject = [
        "model_name": state["_model_name"] ?? .null,
        "model_module": state["_model_module"] ?? .null,
        "model_module_version": state["_model_module_version"] ?? .null,
        "state": .object(state),
      ]
      if let parts = buffers[id] {
        widget["buffers"] = .array(parts.sorted { $0.key < $1.key }.map(\.value))
      }
      all[id] = .object(widget)
    }
    return [
      "application/vnd.jupyter.widget-state+json": [
        "state": .object(all), "version_major": 2, "version_minor": 0,
      ]
    ]
  }
}
