import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

extension AccessTests {
  @Test("MLflow's `AuthServiceClient` sees the same on its server and on ours, in both versions")
  func clients() async throws {
    for (python, least) in [(try Peer.python, 500), (try Peer.python2, 180)] {
      let folder = try TemporaryFolder()
      let theirs = try await tour(python, TrackingProcess.basicAuth(python), in: folder)
      let ours = try await tour(python, TrackingProcess.ours(withUsers: []), in: folder)
      #expect(theirs.count > least)
      try #require(ours.count == theirs.count)
      for (mine, other) in zip(ours, theirs) {
        #expect(mine == other)
      }
    }
  }

  /// What came of each call of a client.
  private func tour(
    _ python: FilePath, _ server: TrackingProcess, in folder: TemporaryFolder
  ) async throws -> [JSONValue] {
    let script = TrackingProcess.scripts.appending("auth_tour.py").string
    let result = try await Program.run(
      python, ["-W", "ignore", script, server.address, "tour.json"], in: folder.path)
    try #require(result.status == 0, "\(result.error.suffix(4000))")
    return try #require(try JSONValue(parsing: folder.read("tour.json")).array)
  }
}
