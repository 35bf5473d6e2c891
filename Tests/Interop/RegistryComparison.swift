import Formats
import Platform
import Support
import Testing

/// What both servers made of some requests.
struct RegistryComparison {
  /// Requests that both answered.
  var good = 0
  /// Requests that both refused, with one code and in one wording.
  var refused = 0
  /// Requests that MLflow fails at (status 5xx, or an error of its database) and we refuse.
  var stricter = 0
  /// Requests that only we answer, for a reason given in ``RegistryDifferences``.
  var kinder = 0

  static func run(_ steps: [RegistryStep]) async throws -> RegistryComparison {
    let folder = try TemporaryFolder()
    let server = try RegistryServer(in: folder.path.appending("ours"))
    var ours: [RegistryServer.Answer] = []
    for step in steps { ours.append(try await server.answer(step)) }

    try folder.write(JSONValue.array(steps.map(\.json)).text(), to: "request.json")
    let theirs = try Peer.run(RegistryPeer.script, in: folder)
    let answers = try #require(theirs["answers"]?.array)
    try #require(answers.count == steps.count)
    let names = theirs["names"]?.members ?? []
    let starts = server.starts
    let ourForm = RegistryAnswers(names: server.names.inverted) { time in
      (starts.firstIndex { $0 > time } ?? starts.count) - 1
    }
    let theirForm = RegistryAnswers(
      names: [String: String](
        names.map { ($0.value.string ?? "", $0.key) }, uniquingKeysWith: { first, _ in first })
    ) { time in Int(time - RegistryPeer.start) }

    var outcome = RegistryComparison()
    for (index, step) in steps.enumerated() {
      outcome.compare(
        step, index,
        ours: (ours[index].status, ourForm.plain(ours[index].body)),
        theirs: (
          Int(answers[index]["status"]?.int ?? 0), theirForm.plain(answers[index]["body"] ?? .null)
        ))
    }
    return outcome
  }

  private typealias Answer = (status: Int, body: JSONValue)

  private mutating func compare(
    _ step: RegistryStep, _ index: Int, ours: Answer, theirs: Answer
  ) {
    let what = "\(index): \(step)"
    let difference = RegistryDifferences.reason(step, ours.body, theirs.body, theirs.status)
    switch (ours.status, theirs.status) {
    case (200, 200):
      #expect(
        sorted(ours.body, step) == sorted(theirs.body, step),
        "\(what)\nours:   \(ours.body.text())\ntheirs: \(theirs.body.text())")
      good += 1
    case (200, _):
      #expect(difference != nil, "only we take \(what)\ntheirs: \(theirs.body.text())")
      kinder += 1
    case (400..<500, 200):
      #expect(difference != nil, "only MLflow takes \(what)\nours: \(ours.body.text())")
      stricter += 1
    case (400..<500, 500...): stricter += 1
    case (400..<500, _):
      if difference == nil {
        #expect(ours.status == theirs.status, "\(what)\n\(ours.body.text())\n\(theirs.body.text())")
        #expect(
          RegistryDifferences.worded(ours.body) == RegistryDifferences.worded(theirs.body),
          "\(what)")
      }
      refused += 1
    default: Issue.record("status \(ours.status) for \(what): \(ours.body.text())")
    }
  }

  /// MLflow gives the newest versions of stages in no order.
  private func sorted(_ body: JSONValue, _ step: RegistryStep) -> JSONValue {
    guard step.path == "registered-models/get-latest-versions",
      let versions = body["model_versions"]?.array
    else { return body }
    return .array(versions.sorted { $0.text() < $1.text() })
  }
}
