import Formats
import Glibc
import Platform
import Records
import Support
import SystemPackage
import Testing

@Suite("Searching runs as MLflow does") struct RecordsSearchTests {
  @Test("MLflow's SQL store finds the same runs in the same order and refuses the same filters")
  func differential() async throws {
    let folder = try TemporaryFolder()
    let world = try RecordsSearchWorld(in: folder.path.appending("ours"), count: 150)
    var generator = RecordsSearchGenerator(ids: world.ids)
    var cases = RecordsSearchLists.same.map { RecordsSearchCase(filter: $0) }
    cases += RecordsSearchLists.sameOrders.map { RecordsSearchCase(filter: "", order: [$0]) }
    cases += (0..<350).map { _ in generator.goodCase() }
    cases += (0..<150).map { _ in generator.orderCase() }
    cases += (0..<250).map { _ in generator.brokenCase() }
    let answers = try await peerAnswers(world, cases, folder)
    #expect(answers.count == cases.count)

    var found = 0
    var refused = 0
    for (search, theirs) in zip(cases, answers) {
      switch (try search.answer(world.store), theirs["ids"]?.array) {
      case (.success(let ids), let expected?):
        #expect(ids == expected.map { $0.string ?? "" }, "\(search)")
        found += 1
      case (.failure, nil): refused += 1
      case (.success, nil):
        Issue.record("only MLflow refuses \(search): \(theirs.text())")
      case (.failure(let why), _?):
        #expect(
          RecordsSearchLists.isStricter(search), "only we refuse \(search): \(why.message)")
      }
    }
    // The generator must not drift into one kind.
    #expect(found > 500, "\(found)")
    #expect(refused > 150, "\(refused)")
  }

  @Test("where we are kinder or stricter than MLflow, MLflow still is what we say")
  func differences() async throws {
    let folder = try TemporaryFolder()
    let world = try RecordsSearchWorld(in: folder.path.appending("ours"), count: 5)
    let kinder = RecordsSearchLists.kinder.map { RecordsSearchCase(filter: $0) }
    let stricter = RecordsSearchLists.stricter.map { RecordsSearchCase(filter: $0) }
    let answers = try await peerAnswers(world, kinder + stricter, folder)
    for (search, theirs) in zip(kinder + stricter, answers) {
      let ours = try search.answer(world.store)
      let isOurs = if case .success = ours { true } else { false }
      #expect(isOurs == kinder.contains(search), "\(search): \(ours)")
      #expect((theirs["ids"]?.array != nil) != isOurs, "\(search): \(theirs.text())")
    }
  }

  private func peerAnswers(
    _ world: RecordsSearchWorld, _ cases: [RecordsSearchCase], _ folder: TemporaryFolder
  ) async throws -> [JSONValue] {
    let request = try folder.write(world.request(cases).text(), to: "request.json")
    let answer = folder.path.appending("answer.json")
    let script = try folder.write(RecordsSearchPeer.script, to: "peer.py")
    let peers = try #require(
      getenv("REPRISE_PEERS").map { FilePath(platformString: $0) },
      "set REPRISE_PEERS to the virtual environment of the peers")
    let result = try await ChildProcess.capture(
      ChildCommand(
        peers.appending("bin/python"),
        [script.string, request.string, answer.string, folder.path.string],
        environment: ["HOME": folder.path.string, "PATH": "/usr/bin:/bin"], directory: folder.path))
    try #require(
      result.end.exitCode == 0, "\(String(decoding: result.error.suffix(2000), as: UTF8.self))")
    return try #require(
      try JSONValue(parsing: FileSystem.readText(answer), allowsNonFinite: true).array)
  }
}
