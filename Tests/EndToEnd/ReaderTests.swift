import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Readers of `reprise run` that stop reading, as `less` does, never read at all, or go away.
@Suite("Readers that stop") struct ReaderTests {
  /// A project, and a pipe with a reader that never reads.
  private func project(_ command: String) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let text = command.split(separator: "\n").map { "      \($0)" }.joined(separator: "\n")
    try folder.write("entry_points:\n  main:\n    command: |\n\(text)\n", to: "MLproject")
    try await Program.shell("mkfifo pipe", in: folder.path)
    return folder
  }

  private func latest(_ folder: TemporaryFolder) async throws -> JSONValue {
    let result = try await Program.run(["runs", "show", "latest", "--json"], in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    return try JSONValue(parsing: result.output)
  }

  private func log(_ folder: TemporaryFolder, _ name: String = "stdout.txt") -> FilePath? {
    let runs = folder.path.appending(".reprise/artifacts/0")
    return (try? FileSystem.names(in: runs).first).map {
      runs.appending($0).appending("artifacts/logs").appending(name)
    }
  }

  private func size(_ file: FilePath?) throws -> Int64 {
    try file.flatMap { try FileSystem.status($0) }?.size ?? 0
  }

  private static let stuck = "exec 3<>pipe; exec \"$REPRISE\" run"

  @Test("who never reads does not stop the time limit", arguments: [">pipe", ">pipe 2>&1"])
  func timeout(to place: String) async throws {
    let folder = try await project("echo begun; yes")
    let run = Background("\(Self.stuck) --timeout 1s \(place)", in: folder.path)
    #expect(try await run.end().exitCode != 0)
    let record = try await latest(folder)
    #expect(record["status"]?.string == "KILLED")
    #expect(try size(log(folder)) > 100_000)
    if place == ">pipe" {
      #expect(run.output.contains("ended after its time"))
      #expect(run.output.contains("did not take all of it"))
    }
  }

  @Test(
    "who never reads does not stop Ctrl-C", arguments: [SIGINT, SIGTERM],
    [">pipe", ">pipe 2>&1"])
  func interruption(signal: Int32, to place: String) async throws {
    let folder = try await project("yes")
    let run = Background("\(Self.stuck) \(place)", in: folder.path)
    // All that fits is written: the child waits for the reader.
    try await Background.wait { try size(log(folder)) > 300_000 }
    run.send(signal)
    #expect(try await run.end().exitCode == 130)
    #expect(try await latest(folder)["status"]?.string == "KILLED")
  }

  @Test("the end of a child is recorded while its reader sleeps, and Ctrl-C then ends the wait")
  func end() async throws {
    let folder = try await project("head -c 1000000 /dev/zero; exit 3")
    let run = Background("\(Self.stuck) >pipe", in: folder.path)
    try await Background.wait { try size(log(folder)) == 1_000_000 }
    try await waitForEnd(folder, "FAILED")
    #expect(try await latest(folder)["exit_code"]?.int == 3)
    run.send(SIGINT)
    #expect(try await run.end().exitCode == 3)
  }

  @Test(
    "when the reader goes on it gets every byte",
    arguments: ["head -c 1000000 numbers", "cat numbers", "cat numbers; cat numbers >&2"])
  func resumed(command: String) async throws {
    let folder = try await project(command)
    try await Program.shell("seq 1000000 > numbers", in: folder.path)
    let run = Background(
      """
      exec 3<>pipe; "$REPRISE" run >pipe 2>errors 3<&- & running=$!
      exec 4<pipe 3<&-
      while [ ! -e go ]; do sleep 0.02; done
      cat <&4 >got; wait $running
      """, in: folder.path)
    try await Background.wait { try size(log(folder)) > 300_000 }
    if command.hasPrefix("head") { try await waitForEnd(folder, "FINISHED") }
    try folder.write("", to: "go")
    #expect(try await run.end().exitCode == 0)
    try await Program.shell("(\(command)) >wanted 2>wanted-errors", in: folder.path)
    try await Program.shell("cmp got wanted", in: folder.path)
    try await Program.shell(
      "head -c $(stat -c %s wanted-errors) errors | cmp - wanted-errors", in: folder.path)
    let logged = try #require(log(folder))
    try await Program.shell("cmp '\(logged)' wanted", in: folder.path)
  }

  @Test("standard error is passed on while standard output waits")
  func independent() async throws {
    let folder = try await project("yes & sleep 0.5; echo still here >&2; sleep 0.5; kill %1")
    let run = Background("\(Self.stuck) >pipe", in: folder.path)
    try await Background.wait { run.output.contains("still here") }
    run.send(SIGINT)
    #expect(try await run.end().exitCode == 130)
  }

  @Test("a reader that goes away stops nothing")
  func gone() async throws {
    let folder = try await project("seq 200000; echo done >&2; exit 4")
    let run = Background(
      "\"$REPRISE\" run | head -n 1; exit ${PIPESTATUS[0]}", in: folder.path)
    #expect(try await run.end().exitCode == 4)
    #expect(run.output.contains("1\n") && run.output.contains("done\n"))
    #expect(try size(log(folder)) == 1_288_895)
  }

  @Test("a terminal that is shared is not left non-blocking")
  func terminal() async throws {
    let folder = try await project("seq 20000")
    let run = Background(
      "exec script -qec '\"$REPRISE\" run; grep flags /proc/self/fdinfo/1' /dev/null </dev/null",
      in: folder.path)
    #expect(try await run.end().exitCode == 0)
    #expect(run.output.contains("19999\r\n20000\r\n"))
    let flags = try #require(run.output.split(whereSeparator: \.isNewline).last)
    let number = try #require(Int32(flags.split(separator: "\t").last ?? "", radix: 8))
    #expect(number & O_NONBLOCK == 0)
  }

  @Test("a socket is passed on to without loss, and left as it was")
  func socket() async throws {
    let folder = try await project("cat numbers")
    try await Program.shell("seq 300000 > numbers", in: folder.path)
    try folder.write(
      """
      import fcntl, os, socket, subprocess, time
      ours, theirs = socket.socketpair()
      run = subprocess.Popen([os.environ["REPRISE"], "run"], stdout=theirs, stderr=subprocess.DEVNULL)
      time.sleep(1)
      flags = fcntl.fcntl(theirs, fcntl.F_GETFL)
      theirs.close()
      got = b"".join(iter(lambda: ours.recv(1 << 16), b""))
      print(run.wait(), got == open("numbers", "rb").read(), bool(flags & os.O_NONBLOCK))
      """, to: "reader.py")
    let run = Background("exec python3 reader.py", in: folder.path)
    #expect(try await run.end().exitCode == 0)
    #expect(run.output == "0 True False\n")
  }

  private func waitForEnd(_ folder: TemporaryFolder, _ status: String) async throws {
    for _ in 0..<2000 {
      if try await latest(folder)["status"]?.string == status { return }
      try await Task.sleep(for: .milliseconds(50))
    }
    Issue.record("the run is not \(status)")
  }
}
