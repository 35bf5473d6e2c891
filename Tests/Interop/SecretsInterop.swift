import Checks
import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Secrets against detect-secrets") struct SecretsInterop {
  private static let script = """
    import json, os
    from detect_secrets import SecretsCollection
    from detect_secrets.settings import default_settings

    found = []
    with default_settings():
        for path in json.load(open(os.path.join(folder, "paths.json"))):
            secrets = SecretsCollection()
            secrets.scan_file(os.path.join(folder, path))
            found.append(sorted({secret.line_number for _, secret in secrets}))
    json.dump(found, open(os.path.join(folder, "result.json"), "w"))
    """

  @Test("on the same files we miss less and are wrong less often") func scores() throws {
    let cases = SecretCorpus.positives + SecretCorpus.traps
    let folder = try TemporaryFolder()
    var paths: [JSONValue] = []
    for (index, item) in cases.enumerated() {
      let path = "case\(index)/" + item.path
      try FileSystem.createDirectory(folder.path.appending(path).removingLastComponent())
      try folder.write(item.text, to: path)
      paths.append(.string(path))
    }
    try folder.write(JSONValue.array(paths).text(), to: "paths.json")
    let answers = try #require(Peer.run(Self.script, in: folder).array)
    try #require(answers.count == cases.count)

    let rules = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .removingLastComponent().appending("lint-rules")
    let scanner = SecretScanner(of: try RuleLibrary([(rules, "lint-rules")]).rules)
    let session = SecretSession(scanner)
    var ours = SecretScore()
    var theirs = SecretScore()
    for (item, answer) in zip(cases, answers) {
      let bytes = Array(item.text.utf8)
      let ranges = session.scan(bytes, path: item.path).map(\.range)
      ours.count(item, ranges.map { .init($0, in: bytes) })
      theirs.count(item, (answer.array ?? []).compactMap(\.int).map { .init(line: Int($0)) })
    }
    print("secrets, ours: \(ours)\nsecrets, detect-secrets 1.5.0: \(theirs)")
    #expect(ours.recall >= max(0.95, theirs.recall))
    #expect(ours.precision >= max(0.95, theirs.precision))
  }
}
