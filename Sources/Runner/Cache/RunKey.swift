import Formats
import Platform

/// What the result of a run depends on, by content: equal keys, equal results.
///
/// The key is the SHA-256 of the canonical JSON of its parts, each a mapping of texts. That text is kept in the
/// ``OutputStore`` under the key, so that the parts of an old run can be told from those of a new one.
package struct RunKey: Sendable, Hashable {
  package enum Part: String, Sendable, Hashable, CaseIterable {
    /// The command after substitution, or the trainer's name.
    case command
    /// Each with the value used.
    case parameters
    /// What a trainer is told beside its parameters.
    case settings
    /// Each declared path with the kind and the digest of what is there.
    case inputs
    /// The interpreter's version and its packages; of a trainer the program's version.
    case environment
    /// Those that change results.
    case variables
    /// How the code is known, and the digest of its ``SourceList``.
    case sources
    /// The declared paths.
    case outputs
  }

  package let parts: [Part: [String: String]]

  package init(_ parts: [Part: [String: String]]) {
    self.parts = parts.filter { !$0.value.isEmpty }
  }

  /// Canonical JSON: one line, sorted keys.
  var text: [UInt8] {
    let members = parts.map { part, values in
      JSONValue.Member(
        part.rawValue, .object(values.map { JSONValue.Member($0.key, .string($0.value)) }))
    }
    return JSONValue.object([.init("version", .int(RunKey.version))] + members)
      .utf8(.compact, sortingKeys: true)
  }

  /// Counts what a key is made of, so that no key of an older program means something else.
  private static let version: Int64 = 1

  /// 64 hexadecimal digits.
  package var digest: String { SHA256.digest(of: text).hex }

  /// Reads ``text``; nil for anything else.
  init?(parsing text: [UInt8]) {
    guard let json = try? JSONValue(parsing: text), json["version"]?.int == RunKey.version else {
      return nil
    }
    var parts: [Part: [String: String]] = [:]
    for part in Part.allCases {
      for member in json[part.rawValue]?.members ?? [] {
        guard let value = member.value.string else { return nil }
        parts[part, default: [:]][member.key] = value
      }
    }
    self.parts = parts
  }
}

extension RunKey {
  /// The name of the list of code in ``Part/sources``.
  static let list = "list"
}
