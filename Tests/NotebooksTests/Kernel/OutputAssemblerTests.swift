import Testing

@testable import Notebooks

@Suite("Outputs from a kernel's messages") struct OutputAssemblerTests {
  private var outputs = OutputAssembler(limit: 0)

  private mutating func print(_ text: String, to name: String = "stdout", cell: Int = 0) {
    _ = outputs.receive(
      .stream, ["name": .string(name), "text": .string(text)], size: text.utf8.count, cell: cell)
  }

  private mutating func show(
    _ text: String, id: String? = nil, cell: Int = 0, kind: MessageKind = .displayData
  ) {
    var content: NotebookJSON = ["data": ["text/plain": .string(text)], "metadata": [:]]
    if let id { content["transient"] = ["display_id": .string(id)] }
    _ = outputs.receive(kind, content, size: text.utf8.count, cell: cell)
  }

  private mutating func clear(waits: Bool, cell: Int = 0) {
    _ = outputs.receive(.clearOutput, ["wait": .bool(waits)], size: 0, cell: cell)
  }

  /// The texts of a cell's outputs: `stdout:a`, `plain`.
  private func texts(of cell: Int = 0) -> [String] {
    outputs.outputs(of: cell).map { output in
      if let text = output["text"]?.string { return "\(output["name"]?.string ?? ""):\(text)" }
      return output["data"]?["text/plain"]?.string ?? output["ename"]?.string ?? "?"
    }
  }

  @Test("pieces of a stream become one output, until another comes between")
  mutating func streams() {
    for piece in ["a", "b\n"] { print(piece) }
    print("e", to: "stderr")
    print("c")
    #expect(texts() == ["stdout:ab\n", "stderr:e", "stdout:c"])
  }

  @Test("clearing takes all away, at once or with the next output")
  mutating func clearing() {
    print("a")
    clear(waits: true)
    #expect(texts() == ["stdout:a"])
    show("b")
    #expect(texts() == ["b"])
    clear(waits: false)
    #expect(texts() == [])
    print("c")
    clear(waits: true)
    clear(waits: false)
    print("d")
    print("e")
    #expect(texts() == ["stdout:de"])
  }

  @Test("an update reaches every output of its name, in all cells")
  mutating func updates() {
    show("one", id: "x", cell: 0)
    show("other", id: "y", cell: 0)
    show("two", id: "x", cell: 1)
    #expect(texts() == ["two", "other"])
    show("three", id: "x", cell: 2, kind: .updateDisplayData)
    show("nobody", id: "z", cell: 2, kind: .updateDisplayData)
    #expect(texts() == ["three", "other"])
    #expect(texts(of: 1) == ["three"])
    #expect(texts(of: 2) == [])
  }

  @Test("a cell that was cleared is no longer reached")
  mutating func clearedNames() {
    show("one", id: "x", cell: 0)
    show("two", id: "x", cell: 1)
    clear(waits: false, cell: 0)
    print("text", cell: 0)
    show("three", id: "x", cell: 5, kind: .updateDisplayData)
    #expect(texts() == ["stdout:text"])
    #expect(texts(of: 1) == ["three"])
  }

  @Test("output of a request that is none of ours is dropped")
  mutating func strangers() {
    let events = outputs.receive(.stream, ["name": "stdout", "text": "x"], size: 1, cell: nil)
    #expect(events == [])
  }

  @Test("every change is told")
  mutating func events() {
    let first = outputs.receive(.stream, ["name": "stdout", "text": "x"], size: 1, cell: 3)
    #expect(first == [.init(cell: 3, change: .streamed(name: "stdout", text: "x"))])
    clear(waits: true, cell: 3)
    let next = outputs.receive(.stream, ["name": "stderr", "text": "y"], size: 1, cell: 3)
    #expect(
      next == [
        .init(cell: 3, change: .cleared),
        .init(cell: 3, change: .streamed(name: "stderr", text: "y")),
      ])
  }

  @Test("over the limit outputs are dropped, and it is said; errors stay")
  mutating func limit() {
    outputs = OutputAssembler(limit: 10)
    print("한글한글")
    print("more")
    show("picture")
    _ = outputs.receive(.error, ["ename": "E", "evalue": "", "traceback": []], size: 99, cell: 0)
    #expect(
      texts() == [
        "stdout:한글한", "E",
        "stderr:[the outputs of this cell are over the limit of 10 B: 14 B more were dropped]\n",
      ])
    clear(waits: false)
    print("again")
    #expect(texts() == ["stdout:again"])
  }

  @Test("what is missing in a message is empty")
  mutating func holes() {
    _ = outputs.receive(.stream, [:], size: 0, cell: 0)
    _ = outputs.receive(.displayData, .null, size: 0, cell: 0)
    _ = outputs.receive(.error, [], size: 0, cell: 0)
    _ = outputs.receive(.commOpen, ["comm_id": 1], size: 0, cell: 0)
    #expect(
      outputs.outputs(of: 0) == [
        ["output_type": "display_data", "data": [:], "metadata": [:]],
        ["output_type": "error", "ename": "", "evalue": "", "traceback": []],
      ])
  }
}
