import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Sequences of requests to MLflow's real handlers and to our server, good ones, odd ones and bad ones. More of them:
/// `python Tests/Interop/TrackingPeer/twins.py FOLDER ADDRESS SEED COUNT`, by the peers' Python.
@Suite("MLflow's server and ours, asked the same", .serialized) struct TrackingTwinsInterop {
  @Test("status, code, message and JSON are MLflow's, for hundreds of sequences")
  func twins() async throws {
    let ours = try TrackingProcess.ours()
    let theirs = try TemporaryFolder()
    let script = TrackingProcess.scripts.appending("twins.py").string
    let result = try await Program.run(
      try Peer.python, ["-W", "ignore", script, theirs.path.string, ours.address, "suite", "300"],
      in: theirs.path)
    let last = try #require(result.output.split(separator: "\n").last, "\(result.error)")
    let told = try JSONValue(parsing: String(last))
    #expect(result.status == 0, "\(result.output.suffix(20_000))")
    #expect(told["differences"]?.members?.isEmpty == true)
    // The generator must not drift into one kind.
    let counts = try #require(told["counts"])
    #expect(counts["sequences"]?.int == 300)
    for (name, least) in [("requests", 12_000), ("status 2xx", 8_000), ("status 4xx", 1_500)] {
      #expect(try #require(counts[name]?.int) > least, "\(name)")
    }
  }
}
