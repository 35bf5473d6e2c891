import Glibc
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// Kernels that die, hang, lie and print without end; after each nothing is left.
@Suite("Kernels that misbehave", .serialized) struct NotebookKernelInterop {
  private let world: NotebookWorld

  init() throws { world = try NotebookWorld() }

  private func expectNothingLeft() throws { #expect(try world.leftovers() == []) }

  @Test("one that answers in any order is understood, over both transports")
  func order() async throws {
    let cells = ["a", "idle first", "reply first", "b", "afterwards", "slow"]
    for kernel in ["ok", "garbage", "tcp", "tcp-only"] {
      let result = try await world.run(kernel, cells)
      #expect(result.status == .completed)
      #expect(
        cells.indices.map { result.texts($0) } == [
          ["a\n"], ["idle first\n"], ["reply first\nlate\n"], ["b\n"],
          ["afterwards\nfrom before\n"], ["slow\n"],
        ])
      #expect(result.document.cells.map(\.executionCount) == [1, 2, 3, 4, 5, 6])
      #expect(result.end?.status == .exited(0))
    }
    try expectNothingLeft()
  }

  @Test("one that dies in a cell is told at once, with its signal or code")
  func death() async throws {
    let ends: [(String, ChildEnd.Status, String)] = [
      ("kill", .signalled(SIGKILL), "killed by signal 9 (SIGKILL) - out of memory? It had used "),
      ("crash", .signalled(SIGSEGV), "killed by signal 11 (SIGSEGV)"),
      ("exit", .exited(3), "exited with code 3"),
    ]
    for (cell, status, words) in ends {
      let result = try await world.run("ok", ["a", cell, "b"])
      #expect(result.status == .died(cell: 1))
      #expect(result.exitCode == 138)
      #expect(result.end?.status == status)
      #expect(result.error?.name == "DeadKernelError")
      #expect(result.error?.value.hasPrefix(words) == true)
      #expect(result.texts(0) == ["a\n"])
      #expect(result.texts(1).last == "DeadKernelError")
      #expect(result.texts(2) == [])
    }
    try expectNothingLeft()
  }

  @Test("one that does not start says why")
  func start() async throws {
    let failures: [(String, Int, String, String?)] = [
      (
        "die", 60, "the kernel `die` exited with code 4 while it was started",
        "cannot find my library"
      ),
      ("silent", 1, "the kernel `silent` did not answer within 1 s", nil),
      (
        "badly-signed", 10, "the kernel `badly-signed` did not answer within 10 s",
        "wrong signature"
      ),
    ]
    for (kernel, limit, message, cause) in failures {
      let failure = await #expect(throws: Failure.self) {
        try await world.run(kernel, ["a"]) { $0.kernel.startLimit = .seconds(limit) }
      }
      #expect(failure?.message == message)
      #expect(cause.map { failure?.cause?.contains($0) == true } ?? (failure?.cause == nil))
    }
    try expectNothingLeft()
  }

  @Test("a cell over its time is interrupted, and a kernel that goes on is killed")
  func timeouts() async throws {
    let hung = try await world.run("ok", ["hang", "b"]) { $0.cellLimit = .seconds(3) }
    #expect(hung.status == .timedOut(cell: 0))
    #expect(hung.texts(0) == ["hang\n", "Interrupted", "CellTimeoutError"])
    #expect(hung.end?.status == .exited(0))
    let endless = try await world.run("ok", ["forever", "b"]) {
      $0.cellLimit = .seconds(3)
      $0.kernel.outputLimit = 100_000
    }
    #expect(endless.status == .timedOut(cell: 0))
    #expect(endless.texts(0).first?.utf8.count == 100_000)
    #expect(endless.texts(0).contains("CellTimeoutError"))
    #expect(endless.texts(0).last?.contains("more were dropped") == true)
    let stubborn = try await world.run("stubborn", ["hang", "b"]) {
      $0.cellLimit = .seconds(3)
      $0.kernel.patience = .milliseconds(300)
    }
    #expect(stubborn.status == .timedOut(cell: 0))
    #expect(stubborn.texts(0) == ["hang\n", "CellTimeoutError"])
    #expect(stubborn.end?.status == .signalled(SIGKILL))
    #expect(stubborn.end?.isOurs == true)
    try expectNothingLeft()
  }

  @Test("one that asks gets an empty answer, and its children go with it")
  func input() async throws {
    let result = try await world.run("ok", ["input", "children"])
    #expect(result.texts(0) == ["input\n''\n"])
    #expect(result.status == .completed)
    let deaf = try await world.run("stubborn", ["a"]) { $0.kernel.patience = .milliseconds(200) }
    #expect(deaf.status == .completed)
    #expect(deaf.end?.status == .signalled(SIGKILL))
    try expectNothingLeft()
  }

  @Test("a run that is cancelled keeps what it has")
  func cancellation() async throws {
    let output = world.folder.path.appending("out.ipynb")
    let begun = NotebookBeginning()
    var execution = try world.execution("ok")
    execution.output = output
    let plan = execution
    let task = Task {
      try await plan.run(NotebookWorld.notebook(["a", "hang", "b"]), listener: begun)
    }
    await begun.wait(for: 1)
    task.cancel()
    let result = try await task.value
    #expect(result.status == .cancelled(cell: 1))
    #expect(result.exitCode == 130)
    #expect(result.texts(1) == ["hang\n", "Interrupted"])
    #expect(try NotebookDocument(reading: output) == result.document)
    try expectNothingLeft()
  }
}

/// Waits until a cell runs.
private struct NotebookBeginning: NotebookListener {
  private let cells = AsyncStream<Int>.makeStream()

  func outputChanged(_ cell: Int, _ change: OutputChange) { cells.continuation.yield(cell) }

  func wait(for cell: Int) async {
    for await begun in cells.stream where begun == cell { return }
  }
}
