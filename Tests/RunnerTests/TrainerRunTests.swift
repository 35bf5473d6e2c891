import Formats
import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("A run of a trainer") struct TrainerRunTests {
  private func project(_ more: String = "", rows: Int = 60) throws -> Sandbox {
    let sandbox = try Sandbox(
      """
      entry_points:
        main:
          trainer: logistic
          parameters: {target: kind, seed: 5}
          inputs: [data.csv]
          \(more)
      """)
    let lines = (0..<rows).map { "\($0 % 17),\(($0 * 7) % 23),\(($0 % 17) > 8 ? "a" : "b")" }
    try sandbox.folder.write("x,y,kind\n" + lines.joined(separator: "\n") + "\n", to: "data.csv")
    return sandbox
  }

  @Test("records parameters, metrics, the model and the seed")
  func finishes() async throws {
    let sandbox = try project()
    let outcome = try await sandbox.run()
    #expect(outcome.exitCode == 0)
    #expect(outcome.run.status == .finished)
    #expect(outcome.run.tag("reprise.seed") == "5")
    #expect(outcome.run.command == "trainer: logistic")
    #expect(!outcome.run.metrics.isEmpty)
    let model = FilePath(outcome.run.artifactURI).appending("model")
    #expect(try FileSystem.names(in: model).contains("training.json"))
    #expect(outcome.run.inputs.map(\.path) == ["data.csv"])
  }

  @Test("whose time is over is KILLED with the status of timeout(1), and says so")
  func timeout() async throws {
    let sandbox = try project("timeout: 0.001", rows: 20_000)
    let outcome = try await sandbox.run()
    #expect(outcome.run.status == .killed)
    #expect(outcome.exitCode == 124)
    #expect(outcome.problems.first?.message.contains("ended after its time") == true)
  }

  @Test("that is cancelled is KILLED")
  func cancelled() async throws {
    let sandbox = try project("timeout: 600", rows: 60_000)
    let task = Task { try await sandbox.run() }
    try await sandbox.wait { (try? sandbox.runs())?.first != nil }
    task.cancel()
    let outcome = try? await task.value
    let status = try #require(try sandbox.runs().first?.status)
    // It may have ended before it was told to.
    #expect(status == .killed || (status == .finished && outcome?.exitCode == 0))
  }

  @Test("that fails is FAILED, and no model is left")
  func fails() async throws {
    let sandbox = try project()
    try sandbox.folder.write("x,kind\n1,a\n2\n", to: "data.csv")
    await #expect(throws: Failure.self) { try await sandbox.run() }
    let run = try #require(try sandbox.runs().first)
    #expect(run.status == .failed)
    #expect(!FileSystem.exists(FilePath(run.artifactURI).appending("model")))
  }

  @Test("is cross-validated when `cv` says so") func validated() async throws {
    let sandbox = try project("cv: {folds: 3, seed: 2}")
    let outcome = try await sandbox.run()
    let names = Set(outcome.run.metrics.map(\.key))
    #expect(names.isSuperset(of: ["cv_accuracy", "cv_accuracy_std", "fold_accuracy"]), "\(names)")
    let model = FilePath(outcome.run.artifactURI).appending("model")
    #expect(try FileSystem.names(in: model).contains("oof_predictions.csv"))
  }

  @Test("with a mistake in `cv` leaves no run behind, and names the line") func mistaken()
    async throws
  {
    for (more, message, line) in [
      ("cv: {flods: 3}", "`cv` has no key `flods`", 6),
      ("cv: {kind: kfolds}", "`kind` of `cv` must be one of", 6),
    ] {
      let sandbox = try project(more)
      let failure = await #expect(throws: Failure.self) { try await sandbox.run() }
      #expect(failure?.message.hasPrefix(message) == true, "\(String(describing: failure))")
      #expect(failure?.location?.line == line)
      #expect((try? sandbox.runs())?.isEmpty ?? true)
    }
  }
}
