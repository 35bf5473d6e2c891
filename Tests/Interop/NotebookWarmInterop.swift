import Glibc
import Notebooks
import Platform
import Support
import SystemPackage
import Testing

/// Kernels that are forked from a process that has everything loaded.
@Suite("Warm kernels", .serialized) struct NotebookWarmInterop {
  private let world: NotebookWorld

  init() throws { world = try NotebookWorld() }

  private func run(
    _ cells: [String], _ change: (inout NotebookExecution) -> Void = { _ in }
  ) async throws -> NotebookResult {
    try await world.run("python3", cells) {
      $0.kernel.allowsWarm = true
      $0.kernel.serverFolder = world.folder.path.appending("servers")
      $0.kernel.serverIdle = 20
      change(&$0)
    }
  }

  /// Runs cells in a kernel that is warm for sure: they do things to its parent, which of a cold one is the test itself.
  private func runWarm(_ cells: [String]) async throws -> NotebookResult {
    let folder = world.folder.path.appending("servers").string
    let look = """
      import os
      assert b"\(folder)" in open(f"/proc/{os.getppid()}/cmdline", "rb").read(), "a cold kernel"
      """
    for _ in 0..<12 {
      let result = try await run([look] + cells)
      if result.start == .warm { return result }
    }
    throw Failure(.io, "no kernel was warm")
  }

  /// The fork-servers of this world, by their script.
  private func servers() throws -> [Int32] {
    let folder = world.folder.path.appending("servers").string
    return ProcessTable.numbers().filter { pid in
      let line = try? FileSystem.read(FilePath("/proc/\(pid)/cmdline"), limit: 1 << 16)
      return String(decoding: line ?? [], as: UTF8.self).contains(folder)
    }
  }

  private func endServers() throws {
    for pid in try servers() { kill(pid, SIGKILL) }
    try waitForServersToEnd()
  }

  private func waitForServersToEnd() throws {
    let deadline = ContinuousClock.now + .seconds(30)
    while try !servers().isEmpty, ContinuousClock.now < deadline { usleep(50_000) }
    #expect(try servers() == [])
  }

  private static let looks = """
    import os, sys, random
    print(os.getcwd(), os.getpid() == os.getpgid(0) == os.getsid(0), os.environ.get("OF_RUN"))
    print("debugpy" in sys.modules, sys.argv[1:2], os.umask(0o22), os.path.basename(sys.argv[0]))
    print(sorted(int(n) for n in os.listdir("/proc/self/fd"))[:3], __name__)
    """

  @Test("are like cold ones, and know nothing of each other")
  func likeness() async throws {
    let cold = try await world.run("python3", [Self.looks]) {
      $0.kernel.variables["OF_RUN"] = "1"
    }
    #expect(cold.start == .cold)
    // A server that is not ready in time, as on a busy machine, is done without.
    var starts: [KernelOptions.Start] = []
    while starts.count < 3 || starts.last != .warm, starts.count < 12 {
      let result = try await run([Self.looks, "x = 1", "'y' in globals(); y = 2"]) {
        $0.kernel.variables["OF_RUN"] = "1"
      }
      starts.append(result.start)
      #expect(result.status == .completed)
      #expect(result.texts(0) == cold.texts(0))
      // One that takes its time to end is told to.
      #expect([.exited(0), .signalled(SIGTERM)].contains(result.end?.status))
      #expect((result.end?.peakMemory ?? 0) > 10_000_000)
    }
    #expect(starts.first == .cold)
    #expect(starts.last == .warm)
    #expect(try !servers().isEmpty)
    let other = try await run(["1"]) { $0.kernel.variables["PYTHONHASHSEED"] = "7" }
    #expect(other.start == .cold)
    #expect(try world.leftovers() == [])
    try endServers()
  }

  @Test("tell how they ended, also when their server was killed")
  func ends() async throws {
    let deaths: [(String, ChildEnd.Status)] = [
      ("os.kill(os.getpid(), 9)", .signalled(9)), ("os._exit(3)", .exited(3)),
      ("os.kill(os.getpid(), 11)", .signalled(11)),
    ]
    for (code, status) in deaths {
      let result = try await run(["import os\nprint('a', flush=True)\n\(code)"])
      #expect(result.status == .died(cell: 0))
      #expect(result.end?.status == status)
    }
    // The parent of a kernel is its keeper, and that one's parent the server.
    let orphan = try await runWarm([
      "import os, signal\nkeeper = os.getppid()",
      "os.kill(int(open(f'/proc/{keeper}/stat').read().split()[3]), signal.SIGKILL)", "os._exit(5)",
    ])
    #expect(orphan.executed == [0, 1, 2, 3])
    #expect(orphan.end?.status == .exited(5))
    let unseen = try await runWarm([
      "import os, signal, time\nos.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(60)"
    ])
    #expect(unseen.status == .died(cell: 1))
    #expect(unseen.end?.status == nil)
    #expect(try world.leftovers() == [])
    try endServers()
  }

  @Test("a server ends when nobody asks, and takes its folder along")
  func idleness() async throws {
    let result = try await run(["1"]) { $0.kernel.serverIdle = 1 }
    #expect(result.status == .completed)
    try waitForServersToEnd()
    #expect(try FileSystem.names(in: world.folder.path.appending("servers")) == [])
  }
}
