import Glibc
import Platform
import Support
import SystemPackage
import Testing

@Suite("Standard input of reprise run") struct InputTests {
  private func project() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      entry_points:
        cat: {command: "cat; echo end"}
        ask: {command: "echo ready; read name; echo hello $name"}
      """, to: "MLproject")
    try folder.write(
      """
      import os, pty, sys
      # Runs a command at a terminal of its own and types when it says that it is ready.
      pid, terminal = pty.fork()
      if pid == 0:
          if sys.argv[1] == "background" and (job := os.fork()) != 0:
              sys.exit(os.waitstatus_to_exitcode(os.waitpid(job, os.WUNTRACED)[1]))
          if sys.argv[1] == "background":
              os.setpgid(0, 0)
          os.execv(os.environ["REPRISE"], ["reprise", "run", "-e", sys.argv[2]])
      out, typed = b"", False
      while True:
          try:
              piece = os.read(terminal, 4096)
          except OSError:
              break
          if not piece:
              break
          out += piece
          if b"ready" in out and not typed:
              os.write(terminal, b"bob\\n")
              typed = True
      sys.stdout.buffer.write(out)
      sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
      """, to: "terminal.py")
    return folder
  }

  @Test(
    "what is piped in reaches the child",
    arguments: [
      ("echo x |", "", "x\nend\n"), ("", "</dev/null", "end\n"),
      ("", "<MLproject", nil), ("", "<&-", "end\n"),
      ("head -c 300000 /dev/zero |", "| wc -c", "300004\n"),
    ])
  func piped(before: String, after: String, expected: String?) async throws {
    let folder = try project()
    let told = try await Program.shell(
      "\(before) '\(Program.path)' run . -e cat 2>/dev/null \(after)", in: folder.path)
    #expect(try told == expected ?? folder.read("MLproject") + "end\n")
  }

  @Test(
    "closed streams do not become files of ours", arguments: ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
  func closed(streams: String) async throws {
    let folder = try project()
    try await Program.shell(
      "'\(Program.path)' run . -e cat \(streams.contains("<") ? "" : "</dev/null") \(streams)",
      in: folder.path)
    let listed = try await Program.run(["runs", "--json"], in: folder.path)
    #expect(listed.output.contains("FINISHED"), "\(listed.error)")
  }

  @Test("what is typed at a terminal reaches the child")
  func typed() async throws {
    let folder = try project()
    let run = Background("exec python3 terminal.py foreground ask", in: folder.path)
    #expect(try await run.end().status == .exited(0), "\(run.output)")
    #expect(run.output.contains("hello bob"))
  }

  @Test("in the background of a terminal the child reads nothing and is not stopped")
  func background() async throws {
    let folder = try project()
    let run = Background("exec python3 terminal.py background cat", in: folder.path)
    #expect(try await run.end().status == .exited(0), "\(run.output)")
    #expect(run.output.hasPrefix("end\r\n"))
  }
}
