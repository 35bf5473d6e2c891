import Formats
import Platform
import Records
import Support
import Testing

@Suite("Interop.Registry: MLflow's registry and ours answer alike") struct RegistryInterop {
  @Test("changes of models, versions, aliases, stages and tags, good and bad")
  func changes() async throws {
    var generator = RegistryGenerator(seed: 7)
    let steps = RegistryGenerator.setUp + (0..<1500).map { _ in generator.change() }
    let outcome = try await RegistryComparison.run(steps)
    // The generator must not drift into one kind.
    #expect(outcome.good > 500, "\(outcome)")
    #expect(outcome.refused > 300, "\(outcome)")
  }

  @Test("searches of models and versions, good and broken") func searches() async throws {
    var generator = RegistryGenerator(seed: 11)
    var steps = RegistryGenerator.setUp
    for _ in 0..<350 { steps.append(generator.change()) }
    steps += (0..<700).map { _ in generator.search() }
    let outcome = try await RegistryComparison.run(steps)
    #expect(outcome.good > 500, "\(outcome)")
    #expect(outcome.refused > 100, "\(outcome)")
  }

  @Test("logged models: tags, parameters, metrics, status, and searches for them")
  func loggedModels() async throws {
    var generator = RegistryGenerator(seed: 13)
    var steps = RegistryGenerator.setUp + generator.loggedModels()
    for _ in 0..<400 { steps.append(generator.loggedChange()) }
    steps += (0..<500).map { _ in generator.loggedSearch() }
    let outcome = try await RegistryComparison.run(steps)
    #expect(outcome.good > 400, "\(outcome)")
    #expect(outcome.refused > 50, "\(outcome)")
  }
}
