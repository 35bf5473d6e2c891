import Formats
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("How two runs differ") struct RunDifferenceTests {
  private func difference(
    _ change: (inout Run) -> Void
  ) async throws -> RunDifference {
    let sandbox = try Sandbox(
      "entry_points: {main: {parameters: {a: {default: 1}}, command: 'true'}}")
    var first = try await sandbox.run().run
    first.metrics = [Metric("loss", 0.5, timestamp: 0)]
    first.environment = ["python": ["version": "3.11.7", "packages": ["six==1.16.0", "x==1"]]]
    first.inputs = [
      RecordedFile(role: .input, path: "d", kind: .file, digest: "aa", size: 1, fileCount: 1)
    ]
    var second = first
    change(&second)
    let code = try CodeDifference(first, second, project: sandbox.folder.path)
    return RunDifference(first, second, code: code)
  }

  @Test("a run does not differ from itself") func same() async throws {
    let difference = try await difference { _ in }
    #expect(difference.isEmpty)
    #expect(difference.json["same"]?.bool == true)
  }

  @Test("parameters, metrics, inputs, environment and outcome") func all() async throws {
    let difference = try await difference { run in
      run.params = [Param("a", "2"), Param("b", "x")]
      run.metrics = [Metric("loss", 0.25, timestamp: 0)]
      run.inputs[0].digest = nil
      run.inputs[0].kind = .missing
      run.status = .failed
      run.exitCode = 1
      run.environment = ["python": ["version": "3.12.1", "packages": ["six==1.17.0", "x==1"]]]
    }
    #expect(
      difference.parameters == [
        .init(name: "a", first: "1", second: "2"), .init(name: "b", first: nil, second: "x"),
      ])
    #expect(
      difference.metrics == [.init(name: "loss", first: "0.5", second: "0.25", delta: "-50.0 %")])
    #expect(difference.inputs.map(\.second) == ["missing"])
    #expect(difference.outcome.map(\.name) == ["status", "exit status"])
    #expect(
      difference.environment == [
        .init(name: "python.version", first: "3.11.7", second: "3.12.1"),
        .init(name: "python.packages.six", first: "1.16.0", second: "1.17.0"),
      ])
    #expect(!difference.isEmpty)
  }
}
