import Checks
import Platform
import SystemPackage
import Testing

@Suite("Secrets in made-up files") struct SecretCorpusTests {
  static func scanner() throws -> SecretScanner {
    let folder = FilePath(#filePath).removingLastComponent().removingLastComponent()
      .removingLastComponent().appending("lint-rules")
    return SecretScanner(of: try RuleLibrary([(folder, "lint-rules")]).rules)
  }

  @Test("nearly all secrets are found, and nearly nothing else")
  func scores() throws {
    let session = SecretSession(try Self.scanner())
    var score = SecretScore()
    for item in SecretCorpus.positives + SecretCorpus.traps {
      let bytes = Array(item.text.utf8)
      let ranges = session.scan(bytes, path: item.path).map(\.range)
      score.count(item, ranges.map { .init($0, in: bytes) })
    }
    print("secrets: \(score)")
    #expect(SecretCorpus.positives.count >= 300)
    #expect(SecretCorpus.traps.count >= 500)
    #expect(score.precision >= 0.95, "\(score.wrong)")
    #expect(score.recall >= 0.95, "\(score.missed)")
  }

  @Test("no finding shows a secret")
  func masked() throws {
    let session = SecretSession(try Self.scanner())
    for item in SecretCorpus.positives {
      let bytes = Array(item.text.utf8)
      let matches = session.scan(bytes, path: item.path)
      for match in matches {
        let secret = String(decoding: bytes[match.range], as: UTF8.self)
        #expect(!match.masked.contains(secret.dropFirst(4).dropLast(2).prefix(6)))
      }
      let shown = SecretMatch.text(
        of: 0..<bytes.count, in: bytes, hiding: matches.map(\.range))
      guard let secret = item.secret, !matches.isEmpty else { continue }
      #expect(!shown.contains(secret.dropFirst(4).dropLast(2)), "\(item.kind) in \(item.path)")
    }
  }
}
