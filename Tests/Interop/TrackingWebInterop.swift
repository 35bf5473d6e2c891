import Formats
import Platform
import Support
import SystemPackage
import Testing

/// MLflow's own web pages, served over our server, in Debian's chromium.
@Suite("MLflow's pages over our server", .serialized) struct TrackingWebInterop {
  @Test("experiments, runs, charts, artifacts and models are shown, and no request fails")
  func pages() async throws {
    let build = try Peer.python.removingLastComponent().removingLastComponent()
    let found = try await Program.shell(
      "echo '\(build)'/lib/python3*/site-packages/mlflow/server/js/build", in: "/")
    let ours = try TrackingProcess.ours(["--mlflow-ui", found.split(separator: "\n").joined()])
    let folder = try TemporaryFolder()
    let script = TrackingProcess.scripts.appending("web_tour.py").string
    let result = try await Program.run(
      try Peer.python, [script, ours.address, folder.path.string], in: folder.path)
    let last = try #require(result.output.split(separator: "\n").last, "\(result.error)")
    let told = try JSONValue(parsing: String(last))
    #expect(told["lacking"]?.members?.isEmpty == true, "\(last)")
    #expect(told["failed"]?.members?.isEmpty == true, "\(last)")
    #expect(try #require(told["answers"]?["200"]?.int) > 100)
  }
}
