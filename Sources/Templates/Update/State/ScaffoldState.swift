import Formats
import Platform
import Projects
import SystemPackage

/// What a project knows of the template it was made from: `.reprise/scaffold.json`.
///
/// The file belongs into version control. Its text is the same for the same state, and a change of one answer or one file
/// changes one line.
package struct ScaffoldState: Sendable, Hashable {
  /// Whose rules the template follows.
  package enum Kind: String, Sendable, Hashable, CaseIterable { case cookiecutter, copier }

  package var kind: Kind
  /// The template as it was named: an address, an abbreviation made whole, or a path.
  package var template: String
  /// The commit that was rendered, 40 hexadecimal digits; nil for a template that is no git repository.
  package var commit: String?
  /// The branch or tag that updates follow; nil for the default branch (the newest release of a copier template).
  package var checkout: String?
  /// The folder of the repository that holds the template; nil for its top.
  package var directory: String?
  /// The answers that were rendered, as an object; secrets left out.
  package var answers: JSONValue
  /// What the template made, path by path. Nil when it is not known, as in a project that another program made.
  package var files: [TreePath: FilePrint]?

  package init(
    kind: Kind, template: String, commit: String?, checkout: String? = nil,
    directory: String? = nil, answers: JSONValue, files: [TreePath: FilePrint]? = nil
  ) {
    self.kind = kind
    self.template = template
    self.commit = commit
    self.checkout = checkout
    self.directory = directory
    self.answers = answers
    self.files = files
  }

  /// Where the file is in a project.
  package static let path = ".reprise/scaffold.json"
  private static let format: Int64 = 1
}

extension ScaffoldState {
  /// The file's text.
  package var text: String {
    var members: [JSONValue.Member] = [
      .init("format", .int(Self.format)), .init("kind", .string(kind.rawValue)),
      .init("template", .string(template)), .init("commit", commit.map(JSONValue.string) ?? .null),
      .init("checkout", checkout.map(JSONValue.string) ?? .null),
      .init("directory", directory.map(JSONValue.string) ?? .null), .init("answers", answers),
    ]
    if let files {
      let lines = files.sorted { $0.key < $1.key }.map { path, print in
        JSONValue.Member(path.description, .string("\(print.kind.rawValue) \(print.digest)"))
      }
      members.append(.init("files", .object(lines)))
    }
    return JSONValue.object(members).text(.indented) + "\n"
  }

  /// Reads the file's text.
  package init(parsing bytes: [UInt8]) throws(ParseFailure) {
    let json = try JSONValue(parsing: bytes, allowsNonFinite: true)
    guard let format = json["format"]?.int else {
      throw ParseFailure("`format` is missing", line: 1, column: 1)
    }
    guard format == Self.format else {
      throw ParseFailure(
        "the format \(format) is newer than this program", hint: "use a newer reprise")
    }
    guard let kind = json["kind"]?.string.flatMap(Kind.init(rawValue:)) else {
      throw ParseFailure("`kind` must be one of: cookiecutter, copier")
    }
    guard let template = json["template"]?.string, !template.isEmpty,
      !template.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
    else { throw ParseFailure("`template` must be a line of text") }
    for name in ["commit", "checkout", "directory"] {
      if let value = json[name], value != .null, value.string == nil {
        throw ParseFailure("`\(name)` must be a text or null")
      }
    }
    guard let answers = json["answers"], answers.members != nil else {
      throw ParseFailure("`answers` must be an object")
    }
    self.init(
      kind: kind, template: template, commit: json["commit"]?.string,
      checkout: json["checkout"]?.string, directory: json["directory"]?.string, answers: answers)
    if let commit, !Self.isCommit(commit) {
      throw ParseFailure("`commit` must be 40 hexadecimal digits, not `\(commit)`")
    }
    if let value = json["files"] {
      guard let lines = value.members else { throw ParseFailure("`files` must be an object") }
      var files: [TreePath: FilePrint] = [:]
      for line in lines {
        let words = line.value.string?.split(separator: " ").map(String.init) ?? []
        guard let path = TreePath(described: line.key), words.count == 2,
          let kind = RenderedFile.Kind(rawValue: words[0]), words[1].utf8.count == 64
        else { throw ParseFailure("`files` has a line that cannot be read: `\(line.key)`") }
        files[path] = FilePrint(kind: kind, digest: words[1])
      }
      self.files = files
    }
  }

  static func isCommit(_ text: String) -> Bool {
    text.utf8.count == 40
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension ScaffoldState {
  /// Reads a project's file; nil when it has none.
  package static func read(in project: FilePath) throws -> ScaffoldState? {
    let file = project.pushing(FilePath(path))
    guard try FileSystem.status(file) != nil else { return nil }
    guard FileSystem.isFile(file) else { throw Failure(.corrupt, "`\(path)` is no file") }
    let bytes = try FileSystem.read(file, limit: 1 << 28)
    do throws(ParseFailure) { return try ScaffoldState(parsing: bytes) } catch {
      throw error.failure(in: path)
    }
  }

  /// Writes the file into a project, and has git see it where the rest of `.reprise` is ignored.
  package func save(in project: FilePath) throws {
    try StateFolder.create(in: project, showing: ["scaffold.json"])
    try FileSystem.write(text, to: project.pushing(FilePath(Self.path)))
  }

  /// What `.reprise/.gitignore` has to say; nil when it says it already.
  package static func ignoreText(in project: FilePath) throws -> String? {
    try StateFolder.ignoreText(in: project, showing: ["scaffold.json"])
  }
}
