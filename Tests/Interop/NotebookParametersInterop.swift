import Formats
import Notebooks
import Support
import Testing

/// Parameters of notebooks, beside the real papermill.
@Suite("Parameters as papermill takes them") struct NotebookParametersInterop {
  @Test("texts, YAML, assignments in every language, paths and lists are papermill's")
  func cases() throws {
    let folder = try TemporaryFolder()
    let cases = try #require(try Peer.run(NotebookParametersPeer.script, in: folder).array)
    var counts: [String: Int] = [:]
    for (number, peer) in cases.enumerated() {
      let kind = try #require(peer["kind"]?.string)
      let given = try #require(peer["given"])
      counts[kind, default: 0] += 1
      #expect(try answer(kind, given) == peer["want"], "\(number): \(kind) \(given.text())")
    }
    #expect(counts["text"] ?? 0 > 800 && counts["yaml"] ?? 0 > 90 && counts["list"] == 800)
    #expect(counts["source"] ?? 0 > 1200 && counts["path"] == 1500)
  }

  /// Our answer; null where we fail.
  private func answer(_ kind: String, _ given: JSONValue) throws -> JSONValue {
    let text = given.string ?? ""
    let parts = given.array?.map { $0.string ?? "" } ?? []
    switch kind {
    case "text": return .string(NotebookParameters.value(ofText: text).pythonRepr)
    case "yaml":
      guard let read = try? parameters(text) else { return .null }
      let map = read.entries.map { YAMLValue.Entry(.string($0.name), $0.value) }
      return .string(YAMLValue.map(map).pythonRepr)
    case "source":
      let translator = try ParameterTranslators.find(kernel: parts[0], language: nil)
      let source = try? translator.source(of: parameters(parts[1]))
      return source.map { .string($0) } ?? .null
    case "path":
      let path = try? PathTemplate(parts[0]).path(for: parameters(parts[1]), in: run())
      return path.map { .string($0) } ?? .null
    default:
      var skipped: Int64 = 0
      let listed = ListedParameter.list(in: text) { _, _ in skipped += 1 }
      return [
        .int(skipped),
        .array(
          listed.map {
            [.string($0.name), .string($0.type), .string($0.defaultText), .string($0.help)]
          }),
      ]
    }
  }

  private func parameters(_ yaml: String) throws -> NotebookParameters {
    var parameters = NotebookParameters()
    try parameters.merge(yaml: Array(yaml.utf8))
    return parameters
  }

  /// The `pm` of the script.
  private func run() throws -> PathTemplate.Run {
    let date = try #require(YAMLDate(year: 2024, month: 2, day: 29))
    return PathTemplate.Run(
      id: "uuid",
      local: try #require(
        YAMLDateTime(date: date, hour: 13, minute: 5, second: 9, microsecond: 1234)),
      utc: try #require(YAMLDateTime(date: date, hour: 0, minute: 5, second: 9, offset: 0)))
  }
}
