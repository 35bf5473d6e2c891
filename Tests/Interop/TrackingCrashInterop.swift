import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Longer: `python3 Tests/Interop/TrackingPeer/crash.py PROGRAM FOLDER SECONDS KILLS CLIENTS SEED`.
@Suite("A tracking server that is killed", .serialized) struct TrackingCrashInterop {
  @Test("64 clients write while it dies five times: what was acknowledged is there, and none twice")
  func crashes() async throws {
    let folder = try TemporaryFolder()
    let script = TrackingProcess.scripts.appending("crash.py").string
    let result = try await Program.run(
      try Peer.python, [script, Program.path.string, folder.path.string, "20", "5", "64", "suite"],
      in: folder.path)
    let last = try #require(result.output.split(separator: "\n").last, "\(result.error)")
    let told = try JSONValue(parsing: String(last))
    #expect(result.status == 0, "\(last)")
    #expect(told["wrong"]?.array?.isEmpty == true, "\(last)")
    #expect(told["kills"]?.int == 5)
    for (name, least) in [("runs", 100), ("metrics", 1_000), ("params", 100), ("files", 20)] {
      #expect(try #require(told[name]?.int) > least, "\(name): \(last)")
    }
  }
}
