import Formats
import Platform
import Projects
import SystemPackage

/// Findings that a project lives with for now: `.reprise/baseline.json`.
///
/// There are no lines and no dates in it, and it is sorted, so that branches which mend different things merge without a
/// conflict. It only shrinks, unless somebody asks for more.
package struct Baseline: Sendable, Equatable {
  /// What is the same in all findings that one entry stands for.
  package struct Key: Sendable, Hashable, Comparable {
    package var path: String
    package var rule: String
    package var fingerprint: String

    package static func < (left: Key, right: Key) -> Bool {
      (left.path, left.rule, left.fingerprint) < (right.path, right.rule, right.fingerprint)
    }
  }

  package private(set) var counts: [Key: Int] = [:]

  package static let file = FilePath(".reprise/baseline.json")

  package init() {}

  /// Reads a project's baseline; an empty one when there is none.
  ///
  /// - Throws: ``Failure`` with the place of what is wrong.
  package init(of project: FilePath) throws {
    let path = project.pushing(Self.file)
    guard FileSystem.isFile(path) else { return }
    let root: JSONValue
    do { root = try JSONValue(parsing: FileSystem.read(path, limit: 1 << 28)) } catch let error
      as ParseFailure
    {
      throw error.failure(in: Self.file.string)
    }
    func wrong() -> Failure {
      Failure(
        .parse, "`\(Self.file)` is no baseline",
        hint: "make it anew: reprise check --update-baseline --accept-new")
    }
    guard root["version"]?.int == 1, let items = root["findings"]?.array else { throw wrong() }
    for item in items {
      guard let rule = item["rule"]?.string, let path = item["path"]?.string,
        let fingerprint = item["fingerprint"]?.string, let count = item["count"]?.int, count > 0
      else { throw wrong() }
      let key = Key(path: path, rule: rule, fingerprint: fingerprint)
      let (sum, isTooMuch) = (counts[key] ?? 0).addingReportingOverflow(Int(clamping: count))
      counts[key] = isTooMuch ? .max : sum
    }
  }

  /// - Parameter findings: all that there are.
  package init(accepting findings: [Finding]) {
    for finding in findings { counts[Self.key(of: finding), default: 0] += 1 }
  }

  static func key(of finding: Finding) -> Key {
    Key(
      path: finding.path, rule: finding.rule,
      fingerprint: FindingFingerprint.digest(of: finding))
  }

  /// The findings that it does not stand for; of equal ones the last.
  package func newOnes(of findings: [Finding]) -> [Finding] {
    guard !counts.isEmpty else { return findings }
    var rest = counts
    return findings.filter { finding in
      let key = Self.key(of: finding)
      guard let left = rest[key], left > 0 else { return true }
      rest[key] = left - 1
      return false
    }
  }

  /// What of it is still there: it loses what was mended, and gains nothing.
  package func shrunk(to findings: [Finding]) -> Baseline {
    let now = Baseline(accepting: findings)
    var result = Baseline()
    for (key, count) in counts {
      let left = min(count, now.counts[key] ?? 0)
      if left > 0 { result.counts[key] = left }
    }
    return result
  }

  /// Writes it, or takes the file away when nothing is in it.
  package func write(to project: FilePath) throws {
    let path = project.pushing(Self.file)
    guard !counts.isEmpty else {
      if FileSystem.isFile(path) { try FileSystem.remove(path) }
      return
    }
    try StateFolder.create(in: project, showing: ["baseline.json"])
    // One line an entry: what two branches take out meets no other's line.
    var text = "{\"version\": 1, \"findings\": [\n"
    text += counts.sorted { $0.key < $1.key }.map { key, count in
      JSONValue.object([
        .init("path", .string(key.path)), .init("rule", .string(key.rule)),
        .init("fingerprint", .string(key.fingerprint)), .init("count", .int(Int64(count))),
      ]).text()
    }.joined(separator: ",\n")
    try FileSystem.write(text + "\n]}\n", to: path)
  }
}
