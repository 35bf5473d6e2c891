import Testing

@testable import Notebooks

@Suite("Widgets of a notebook") struct WidgetTests {
  private var outputs = OutputAssembler(limit: 0)

  private mutating func say(
    _ kind: MessageKind, _ state: NotebookJSON, paths: NotebookJSON = [], buffers: [[UInt8]] = []
  ) {
    let content: NotebookJSON = [
      "comm_id": "w", "target_name": "jupyter.widget",
      "data": ["state": state, "buffer_paths": paths],
    ]
    _ = outputs.receive(kind, content, size: 0, buffers: buffers, request: "r", cell: 0)
  }

  @Test("states are merged, and binary parts are kept by their path")
  mutating func states() {
    #expect(outputs.widgets.metadata == nil)
    let names: NotebookJSON = ["_model_name": "M", "_model_module": "m", "value": 1]
    say(.commOpen, names, paths: [["a", 0]], buffers: [[0, 255]])
    say(.commMessage, ["value": 2], paths: [["a", 0]], buffers: [[1]])
    let widgets = outputs.widgets.metadata?["application/vnd.jupyter.widget-state+json"]
    #expect(
      widgets?["state"]?["w"] == [
        "model_name": "M", "model_module": "m", "model_module_version": .null,
        "state": ["_model_name": "M", "_model_module": "m", "value": 2],
        "buffers": [["data": "AQ==", "encoding": "base64", "path": ["a", 0]]],
      ])
  }

  @Test("an output widget takes what belongs to the request that it names")
  mutating func outputWidget() {
    say(.commOpen, ["_model_name": "OutputModel", "_model_module": "@jupyter-widgets/output"])
    say(.commMessage, ["msg_id": "r"])
    let text: NotebookJSON = ["name": "stdout", "text": "in"]
    for _ in 0..<2 { _ = outputs.receive(.stream, text, size: 2, request: "r", cell: 0) }
    say(.commMessage, ["msg_id": ""])
    _ = outputs.receive(.stream, text, size: 2, request: "r", cell: 0)
    #expect(outputs.outputs(of: 0) == [["output_type": "stream", "name": "stdout", "text": "in"]])
    let shown: NotebookJSON = [["output_type": "stream", "name": "stdout", "text": "inin"]]
    let updates = outputs.takeWidgetUpdates()
    #expect(updates.map { $0["data"]?["state"]?["outputs"] } == [shown])
    #expect(outputs.takeWidgetUpdates().isEmpty)
  }
}
