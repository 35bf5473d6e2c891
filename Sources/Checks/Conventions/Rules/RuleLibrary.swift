import Platform
import SystemPackage

/// All rules: those that come with the program, and a project's own, which replace what has the same id.
package struct RuleLibrary: Sendable {
  /// In the order of their ids.
  package private(set) var rules: [Rule] = []
  /// Stands for all bytes that the rules were read from.
  package private(set) var digest = ""

  /// - Parameters:
  ///   - folders: with files that end in `.yml`; later ones replace rules of earlier ones.
  ///   - shipped: the one among them whose rules come with the program, and were tried before.
  ///   - withExamples: whether examples are read too; everything is tried then.
  /// - Throws: ``Failure`` with the place of what is wrong.
  package init(
    _ folders: [(path: FilePath, shown: String)], shipped: FilePath? = nil,
    withExamples: Bool = false
  ) throws {
    var known: [String: Rule] = [:]
    var hash = SHA256()
    for folder in folders where FileSystem.isDirectory(folder.path) {
      var own: [String: SourceLocation] = [:]
      for name in try FileSystem.names(in: folder.path).sorted()
      where name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
        let bytes = try FileSystem.read(folder.path.appending(name), limit: 1 << 24)
        hash.update(bytes)
        let shown = folder.shown + "/" + name
        let rules = try RuleFile.rules(
          parsing: bytes, name: shown, withExamples: withExamples,
          isShipped: folder.path == shipped && !withExamples)
        for rule in rules {
          if let first = own.updateValue(rule.location, forKey: rule.id) {
            throw Failure(
              .parse, "the rule `\(rule.id)` is there twice", hint: "the first one is at \(first)",
              at: rule.location)
          }
          known[rule.id] = rule
        }
      }
    }
    rules = known.values.sorted { $0.id < $1.id }
    digest = hash.finish().hex
  }

  package subscript(id: String) -> Rule? { rules.first { $0.id == id } }
}

extension RuleLibrary {
  /// Reads rules, and throws them away.
  ///
  /// - Throws: ``Failure`` with the place of what is wrong.
  package static func check(_ bytes: [UInt8], name: String) throws {
    _ = try RuleFile.rules(parsing: bytes, name: name, withExamples: true)
  }
}
