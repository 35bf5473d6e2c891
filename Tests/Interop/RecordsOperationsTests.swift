import Formats
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("A store that answers as MLflow's does") struct RecordsOperationsTests {
  private typealias Lists = RecordsOperationsLists

  @Test("what MLflow refuses we refuse, with its code and its words") func refusals() async throws {
    let operations =
      Lists.world + Lists.onRun("R1") + Lists.onRun(.string(String(repeating: "0", count: 32)))
      + Lists.onRun("dead") + Lists.experiments + Lists.named + Lists.times + Lists.batches
      + Lists.datasets
    let count = try await compare(operations)
    #expect(count.refused > 150, "\(count)")
    #expect(count.done > 60, "\(count)")
  }

  @Test("what is logged and changed at random reads the same from both") func values() async throws
  {
    var generator = RecordsOperationsGenerator()
    var operations = Lists.world + generator.start()
    for _ in 0..<150 {
      for _ in 0..<3 { operations.append(generator.write()) }
      operations.append(generator.read())
    }
    operations += (0..<250).map { _ in generator.read() }
    let count = try await compare(operations)
    #expect(count.done > 500, "\(count)")
  }

  private struct Count {
    var done = 0
    var refused = 0
  }

  private func compare(_ operations: [JSONValue]) async throws -> Count {
    let folder = try TemporaryFolder()
    try folder.write(JSONValue.array(operations).text(), to: "request.json")
    let answers = try #require(try Peer.run(RecordsOperationsPeer.script, in: folder).array)
    try #require(answers.count == operations.count)
    let ours = try RecordsOperations(in: folder.path.appending("ours"))
    var count = Count()
    for (operation, theirs) in zip(operations, answers) {
      let answer = try await ours.answer(operation)
      let shown = operation.text().prefix(300)
      if let value = theirs["ok"] {
        let isOrdered = ["history", "interval"].contains(operation["op"]?.string)
        let (ours, theirs) =
          isOrdered
          ? (answer["ok"], value) : (answer["ok"].map(normal), normal(value))
        #expect(ours == theirs, "\(shown)")
        count.done += 1
      } else {
        #expect(answer["code"] == theirs["code"], "\(shown): \(theirs.text())")
        #expect(words(answer) == words(theirs), "\(shown)")
        count.refused += 1
      }
    }
    return count
  }

  /// A message, without what SQLAlchemy adds to it.
  private func words(_ answer: JSONValue) -> String? {
    guard let text = answer["message"]?.string else { return nil }
    guard let end = text.firstRange(of: " already exists.") else { return text }
    return String(text[..<end.upperBound])
  }

  /// A value with its lists of lists in an order of their own, where the store promises none.
  private func normal(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let items):
      let all = items.map(normal)
      guard all.allSatisfy({ $0.array != nil }) else { return .array(all) }
      return .array(all.sorted { $0.text().utf8.lexicographicallyPrecedes($1.text().utf8) })
    case .object(let members):
      return .object(
        members.map { .init($0.key, normal($0.value)) }.sorted { $0.key < $1.key })
    default: return value
    }
  }
}
