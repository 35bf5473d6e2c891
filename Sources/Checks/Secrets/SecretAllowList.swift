import Platform
import Projects
import SystemPackage

/// Secrets that a project lives with, such as the made-up ones of its tests: `.reprise/allowed-secrets`.
///
/// A line each, `RULE SALT FINGERPRINT PATH`, in their order, so that branches which allow different ones merge. Nobody reads
/// a secret out of it: it holds a digest, salted anew for each. The path is where the secret was found, and is for people only.
package struct SecretAllowList: Sendable, Equatable {
  private struct Entry: Sendable, Hashable {
    var rule: String
    var salt: String
    var fingerprint: String
    var path: String

    var line: String { "\(rule) \(salt) \(fingerprint) \(path)" }
  }

  package static let file = FilePath(".reprise/allowed-secrets")
  private static let head =
    "# Secrets that this project lives with, by `reprise check --allow-secrets`.\n"

  private var entries: [Entry] = []

  package init() {}

  /// Reads a project's list; an empty one when there is none.
  ///
  /// - Throws: ``Failure`` with the line that is none of a list.
  package init(of project: FilePath) throws {
    let path = project.pushing(Self.file)
    guard FileSystem.isFile(path) else { return }
    let lines = try FileSystem.readText(path).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
      let parts = line.split(separator: " ", maxSplits: 3).map(String.init)
      guard parts.count >= 3, parts[2].utf8.count == 16 else {
        throw Failure(
          .parse, "a line is `RULE SALT FINGERPRINT PATH`",
          hint: "take it out, and have it made anew: reprise check --allow-secrets",
          at: SourceLocation(file: Self.file.string, line: index + 1))
      }
      entries.append(
        Entry(
          rule: parts[0], salt: parts[1], fingerprint: parts[2],
          path: parts.count > 3 ? parts[3] : ""))
    }
  }

  package func allows(_ secret: some Collection<UInt8>, of rule: String) -> Bool {
    entries.contains { entry in
      entry.rule == rule
        && SecretMatch.fingerprint(salt: entry.salt, rule: rule, secret: secret)
          == entry.fingerprint
    }
  }

  /// Takes a secret in.
  ///
  /// - Returns: false when it is allowed already.
  package mutating func allow(
    _ secret: some Collection<UInt8>, of rule: String, in path: String
  ) -> Bool {
    guard !allows(secret, of: rule) else { return false }
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    let salt = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    // A name with a line's end in it would be two lines.
    let shown = String(path.map { $0.isNewline ? "?" : $0 })
    entries.append(
      Entry(
        rule: rule, salt: salt,
        fingerprint: SecretMatch.fingerprint(salt: salt, rule: rule, secret: secret), path: shown))
    return true
  }

  package func write(to project: FilePath) throws {
    try StateFolder.create(in: project, showing: ["allowed-secrets"])
    // By path first: what stands together in the project stands together here.
    let sorted = entries.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
    try FileSystem.write(
      Self.head + sorted.map { $0.line + "\n" }.joined(), to: project.pushing(Self.file))
  }
}
