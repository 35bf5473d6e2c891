import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

/// The real `mlflow` client from PyPI, through everything it can do against MLflow's server and against ours.
@Suite("The real mlflow client on our server", .serialized) struct TrackingClientInterop {
  @Test("version 3 gets from us what MLflow gives it")
  func third() async throws {
    let told = try await tour(python: try Peer.python)
    #expect(told["version"]?.string?.hasPrefix("3.") == true)
    #expect(try #require(told["answers"]?.int) > 200)
  }

  @Test("version 2 gets from us what MLflow gives it")
  func second() async throws {
    let folder = try #require(
      getenv("REPRISE_MLFLOW2").map { String(cString: $0) },
      "REPRISE_MLFLOW2 names no virtual environment: run `make test-interop`")
    let told = try await tour(python: FilePath(folder).appending("bin/python"))
    #expect(told["version"]?.string?.hasPrefix("2.") == true)
    #expect(try #require(told["answers"]?.int) > 150)
  }

  /// Drives a client through both servers; no answer may differ, and no method of tracking or registry be left out.
  private func tour(python: FilePath) async throws -> JSONValue {
    let ours = try TrackingProcess.ours()
    let theirs = try TrackingProcess.mlflow()
    let folder = try TemporaryFolder()
    let script = TrackingProcess.scripts.appending("client_tour.py").string
    let result = try await Program.run(
      python, ["-W", "ignore", script, theirs.address, ours.address], in: folder.path)
    let last = try #require(result.output.split(separator: "\n").last, "\(result.error)")
    let told = try JSONValue(parsing: String(last))
    #expect(told["differences"]?.array?.isEmpty == true, "\(result.output.suffix(20_000))")
    #expect(told["unused"]?.array?.isEmpty == true, "\(told["unused"] ?? .null)")
    // Its own refusals of what is no number, and no more.
    #expect(told["broken"]?.array?.compactMap(\.string) == ["log_metric bad"])
    return told
  }
}
