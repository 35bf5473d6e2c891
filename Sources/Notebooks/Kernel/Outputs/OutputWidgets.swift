/// The widgets of `ipywidgets` that show outputs (`@jupyter-widgets/output`, `OutputModel`). While one is in use, what belongs
/// to the request that it names goes to it and not to the cell.
struct OutputWidgets: Sendable {
  private struct Widget: Sendable {
    var outputs: CellOutputs
    /// The request whose outputs it takes; nil when it takes none.
    var request: String?
    /// Whether the kernel does not know yet what it shows.
    var isChanged = false
  }

  private let limit: Int
  private var widgets: [String: Widget] = [:]
  /// The widgets that take the outputs of a request; the last one does.
  private var stacks: [String: [String]] = [:]

  init(limit: Int) { self.limit = limit }

  /// Takes in what a comm says.
  mutating func receive(_ kind: MessageKind, _ content: NotebookJSON) {
    guard let id = content["comm_id"]?.string, let state = content["data"]?["state"] else { return }
    if kind == .commOpen, content["target_name"]?.string == "jupyter.widget",
      state["_model_module"]?.string == "@jupyter-widgets/output",
      state["_model_name"]?.string == "OutputModel"
    {
      widgets[id] = Widget(outputs: CellOutputs(limit: limit))
    } else if kind == .commMessage, widgets[id] != nil, let request = state["msg_id"]?.string {
      if let old = widgets[id]?.request {
        stacks[old]?.removeAll { $0 == id }
      }
      widgets[id]?.request = request.isEmpty ? nil : request
      if !request.isEmpty { stacks[request, default: []].append(id) }
    }
  }

  /// The widget that takes the outputs of a request; nil when the cell does.
  func taker(of request: String?) -> String? { request.flatMap { stacks[$0]?.last } }

  mutating func append(_ output: CellOutput, size: Int, to widget: String) {
    if widgets[widget]?.outputs.clearsBeforeNext == true { widgets[widget]?.outputs.clear() }
    _ = widgets[widget]?.outputs.append(output, size: size)
    widgets[widget]?.isChanged = true
  }

  mutating func clear(_ widget: String, waits: Bool) {
    guard !waits else {
      widgets[widget]?.outputs.clearsBeforeNext = true
      return
    }
    widgets[widget]?.outputs.clear()
    widgets[widget]?.isChanged = true
  }

  /// What the widgets show that have changed since this was asked last, in the order of their names.
  mutating func takeChanges() -> [(widget: String, outputs: [NotebookJSON])] {
    var changes: [(widget: String, outputs: [NotebookJSON])] = []
    for id in widgets.keys.sorted() where widgets[id]?.isChanged == true {
      widgets[id]?.isChanged = false
      changes.append((id, widgets[id]?.outputs.values(foldsLines: false) ?? []))
    }
    return changes
  }
}
