import Formats
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("Searching experiments as MLflow does") struct RecordsExperimentSearchTests {
  @Test("MLflow's SQL store finds the same experiments in the same order and refuses the same")
  func differential() async throws {
    let folder = try TemporaryFolder()
    var generator = RecordsExperimentGenerator()
    var operations = generator.world()
    let made = operations.count
    operations += RecordsExperimentGenerator.filters.map { generator.search($0) }
    operations += RecordsExperimentGenerator.orders.map { generator.search("", order: [$0]) }
    operations += (0..<350).map { _ in generator.search(generator.filter()) }
    operations += (0..<120).map { _ in generator.search(generator.brokenFilter()) }
    try folder.write(JSONValue.array(operations).text(), to: "request.json")
    let answers = try #require(try Peer.run(RecordsOperationsPeer.script, in: folder).array)
    try #require(answers.count == operations.count)
    let ours = try RecordsOperations(in: folder.path.appending("ours"))
    var (found, some, refused) = (0, 0, 0)
    for (index, (operation, theirs)) in zip(operations, answers).enumerated() {
      let answer = try await ours.answer(operation)
      #expect(answer["ok"] == theirs["ok"], "\(operation.text()): \(theirs.text())")
      #expect(answer["code"] == theirs["code"], "\(operation.text()): \(theirs.text())")
      guard index >= made else { continue }
      if let list = theirs["ok"]?.array {
        found += 1
        if !list.isEmpty { some += 1 }
      } else {
        refused += 1
      }
    }
    // The generator must not drift into one kind.
    #expect(found > 350, "\(found)")
    #expect(some > 150, "\(some)")
    #expect(refused > 80, "\(refused)")
  }
}
