import Formats
import Platform
import SystemPackage

/// The state that cruft keeps of a project: `.cruft.json`.
///
/// Members that are not known here are kept as they are.
package struct CruftFile: Sendable, Hashable {
  package static let path = ".cruft.json"

  package private(set) var members: [JSONValue.Member]

  package var template: String { self["template"]?.string ?? "" }
  package var commit: String { self["commit"]?.string ?? "" }
  package var checkout: String? { self["checkout"]?.string }
  package var directory: String? { self["directory"]?.string.flatMap { $0.isEmpty ? nil : $0 } }
  /// Patterns of paths that an update does not touch.
  package var skipped: [String] { self["skip"]?.array?.compactMap(\.string) ?? [] }
  /// The variables that the template was rendered with.
  package var answers: JSONValue { self["context"]?["cookiecutter"] ?? .object([]) }

  private subscript(key: String) -> JSONValue? { members.last { $0.key == key }?.value }

  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let json = try JSONValue(parsing: bytes, allowsNonFinite: true)
    guard let members = json.members else { throw ParseFailure("expected an object", line: 1) }
    self.members = members
    for key in ["template", "commit"] where self[key]?.string == nil {
      throw ParseFailure("`\(key)` must be a text")
    }
    guard answers.members != nil else {
      throw ParseFailure("`context.cookiecutter` must be an object")
    }
  }

  /// The file after an update.
  package func updated(with state: ScaffoldState, variables: JSONValue) -> CruftFile {
    var copy = self
    copy.set("commit", state.commit.map(JSONValue.string) ?? .null)
    copy.set("checkout", state.checkout.map(JSONValue.string) ?? .null)
    var answers = (variables.members ?? []).filter {
      $0.key != "_template" && $0.key != "_commit"
    }
    answers.append(.init("_template", .string(template)))
    answers.append(.init("_commit", state.commit.map(JSONValue.string) ?? .null))
    copy.set("context", .object([.init("cookiecutter", .object(answers))]))
    return copy
  }

  private mutating func set(_ key: String, _ value: JSONValue) {
    if let place = members.lastIndex(where: { $0.key == key }) {
      members[place].value = value
    } else {
      members.append(.init(key, value))
    }
  }

  /// The text as cruft writes it.
  package var text: String { JSONValue.object(members).text(.indented) + "\n" }

  /// Reads a project's file; nil when it has none.
  package static func read(in project: FilePath) throws -> CruftFile? {
    let file = project.appending(path)
    guard FileSystem.isFile(file) else { return nil }
    let bytes = try FileSystem.read(file, limit: 1 << 26)
    do throws(ParseFailure) { return try CruftFile(parsing: bytes) } catch {
      throw error.failure(in: path)
    }
  }
}
