import Testing

@testable import Notebooks

@Suite("A cell that runs") struct CellExecutionTests {
  private let idle: NotebookJSON = ["execution_state": "idle"]
  private let ok: NotebookJSON = ["status": "ok", "execution_count": 3]

  @Test("is done when both have come, in either order")
  func race() {
    var first = CellExecution()
    first.receive(.status, idle, date: "1")
    #expect(!first.isDone)
    first.receiveReply(ok, date: "2")
    #expect(first.isDone)
    var second = CellExecution()
    second.receiveReply(ok, date: "1")
    #expect(!second.isDone)
    second.receive(.status, ["execution_state": "busy"], date: "2")
    #expect(!second.isDone)
    second.receive(.status, idle, date: "3")
    #expect(second.isDone)
    #expect(second.count == 3)
    #expect(second.times == CellTimes(busy: "2", reply: "1", idle: "3"))
  }

  @Test("keeps what the kernel says of its failure")
  func failure() {
    var cell = CellExecution()
    cell.receiveReply(
      ["status": "error", "ename": "E", "evalue": "v", "traceback": ["a", "b"]], date: "")
    #expect(cell.reply == .failed(name: "E", value: "v", traceback: ["a", "b"]))
    cell.receiveReply(["status": "aborted"], date: "")
    #expect(cell.reply == .aborted)
    cell.receiveReply([], date: "")
    #expect(cell.reply == .failed(name: "", value: "", traceback: []))
  }
}
