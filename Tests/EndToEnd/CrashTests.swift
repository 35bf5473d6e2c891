import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// Kill -9 at random moments, 200 times: the record says what happened, and nothing is left behind.
@Suite("Kill -9") struct CrashTests {
  private static let rounds = 100

  private static let manifest = """
    entry_points:
      main:
        command: |
          sleep 1000 >/dev/null 2>&1 &
          for i in 1 2 3 4 5 6 7 8; do
            echo "{{\\"key\\": \\"m\\", \\"value\\": $i, \\"step\\": $i}}" >> "$REPRISE_METRICS"
            echo "line $i"
            sleep 0.03
          done
          kill %1
    """

  /// A project, and a `PATH` that holds what its command needs: looking at an interpreter's packages takes a program that
  /// was built for debugging longer than the rest of a run.
  private static func project() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(manifest, to: "MLproject")
    try await Program.shell("mkdir bin; ln -s /bin/bash /bin/sleep bin", in: folder.path)
    return folder
  }

  /// The runs that are recorded, newest first.
  private static func runs(_ folder: TemporaryFolder, limit: Int) async throws -> [JSONValue] {
    let result = try await Program.run(["runs", "--json", "-n", "\(limit)"], in: folder.path)
    try #require(result.status == 0, "\(result.error)")
    return try #require(try JSONValue(parsing: result.output).array)
  }

  @Test("of reprise: the run is KILLED at the next start, and its processes are gone")
  func ourselves() async throws {
    let folder = try await Self.project()
    var known: Set<String> = []
    var killed = 0
    for round in 0..<Self.rounds {
      let before = CrashRound()
      let end = try await before.run(in: folder.path) { pid in
        // Every other time when the child is there, however long a busy machine takes to start it.
        if round % 2 == 1 { _ = try await before.child(of: pid) }
        let longest = round % 2 == 1 ? 100_000 : 300_000
        try await Task.sleep(for: .microseconds(Int.random(in: 0...longest)))
        kill(pid, SIGKILL)
      }
      // Two are enough to see that there is at most one more.
      let newest = try await Self.runs(folder, limit: 2)
      let new = newest.filter { !known.contains($0["run_id"]?.string ?? "") }
      #expect(new.count <= 1, "round \(round)")
      for run in new {
        let id = try #require(run["run_id"]?.string)
        known.insert(id)
        let status = try #require(run["status"]?.string)
        if end.status == .exited(0) {
          #expect(status == "FINISHED", "round \(round)")
        } else {
          #expect(["KILLED", "FINISHED"].contains(status), "round \(round): \(end)")
          killed += status == "KILLED" ? 1 : 0
          #expect(run["end_time"]?.int != nil)
        }
        #expect(try await before.isGone(run: id), "round \(round)")
      }
    }
    #expect(killed > 0)
    // Nothing of the records was damaged on the way, and no run was lost or taken up again.
    let all = try await Self.runs(folder, limit: 1000)
    #expect(Set(all.compactMap { $0["run_id"]?.string }) == known)
    #expect(all.allSatisfy { ["KILLED", "FINISHED"].contains($0["status"]?.string) })
    for id in known { #expect(CrashRound.processes(of: id) == []) }
    let live = folder.path.appending(".reprise/live")
    #expect((try? FileSystem.names(in: live)) ?? [] == [])
  }

  @Test("of the child: its signal is recorded, and our status is 137")
  func child() async throws {
    let folder = try await Self.project()
    var killed = 0
    for round in 0..<Self.rounds {
      let before = CrashRound()
      let end = try await before.run(in: folder.path) { pid in
        guard let child = try await before.child(of: pid) else { return }
        try await Task.sleep(for: .microseconds(Int.random(in: 0...120_000)))
        kill(child, SIGKILL)
      }
      let run = try #require(try await Self.runs(folder, limit: 1).first)
      let status = run["status"]?.string
      switch end.status {
      case .exited(0): #expect(status == "FINISHED", "round \(round)")
      case .exited(137):
        #expect(status == "KILLED", "round \(round)")
        #expect(run["signal"]?.int == 9)
        killed += 1
      default: Issue.record("round \(round): \(end), \(status ?? "")")
      }
      let id = try #require(run["run_id"]?.string)
      #expect(try await before.isGone(run: id), "round \(round)")
    }
    // The entry point takes twice the longest wait; a busy machine may delay kills beyond its end.
    #expect(killed > 0)
    #expect(try await Self.runs(folder, limit: 1000).count == Self.rounds)
  }
}
