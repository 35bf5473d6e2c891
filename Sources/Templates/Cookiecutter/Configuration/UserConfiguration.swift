import Formats
import Glibc
import Platform
import SystemPackage

/// The user's settings for templates: cookiecutter's own file, read as cookiecutter reads it.
package struct UserConfiguration: Sendable {
  package var defaultContext = AnswerMap()
  /// Where fetched templates are kept.
  package var templatesFolder: String
  package var replayFolder: String
  package var abbreviations: [(name: String, address: String)] = [
    ("gh", "https://github.com/{0}.git"), ("gl", "https://gitlab.com/{0}.git"),
    ("bb", "https://bitbucket.org/{0}"),
  ]

  /// What holds without any file.
  package init(variables: [String: String]) {
    let home = UserFolders.home(variables).string
    templatesFolder = home + "/.cookiecutters/"
    replayFolder = home + "/.cookiecutter_replay/"
  }

  /// Reads the configuration: the file that is named, else that of `$COOKIECUTTER_CONFIG`, else `~/.cookiecutterrc` when it
  /// is there.
  ///
  /// - Throws: ``Failure`` when a named file is missing or not a YAML mapping.
  package static func load(
    file: String?, ignoringFiles: Bool, variables: [String: String], in folder: FilePath
  ) throws -> UserConfiguration {
    var configuration = UserConfiguration(variables: variables)
    if ignoringFiles { return configuration }
    let path: FilePath
    if let named = file.flatMap({ $0.isEmpty ? nil : $0 }) ?? variables["COOKIECUTTER_CONFIG"] {
      path = FilePath(named)
      let whole = try FileSystem.absolute(path, in: folder)
      guard !named.isEmpty, try FileSystem.status(whole) != nil else {
        throw Failure(
          .notFound, "Config file \(named) does not exist.",
          hint: "see `--config-file` and `COOKIECUTTER_CONFIG`")
      }
    } else {
      path = UserFolders.home(variables).appending(".cookiecutterrc")
      guard try FileSystem.status(path) != nil else { return configuration }
    }
    try configuration.read(path, variables, in: folder)
    return configuration
  }

  private mutating func read(
    _ path: FilePath, _ variables: [String: String], in folder: FilePath
  ) throws {
    let bytes = try FileSystem.read(FileSystem.absolute(path, in: folder), limit: 1 << 26)
    let yaml: YAMLValue
    do { yaml = try YAMLValue(parsing: bytes) } catch {
      var failure = error.failure(in: path.string)
      failure.cause = failure.message
      failure.message = "Unable to parse YAML file \(path.string)."
      throw failure
    }
    let value = Answer(yaml)
    guard value.isTrue else { return }
    guard let settings = value.map else {
      throw Failure(
        .invalid, "Top-level element of YAML file \(path.string) should be an object.",
        hint: "write `default_context:` and below it one `name: value` a line")
    }
    try take(settings, from: path, variables)
  }

  private mutating func take(
    _ settings: AnswerMap, from path: FilePath, _ variables: [String: String]
  ) throws {
    for (key, value) in settings.entries.map({ ($0.key, $0.value) }) {
      switch (key, value) {
      case ("default_context", .map(let map)): defaultContext = map
      case ("abbreviations", .map(let map)):
        for entry in map.entries {
          guard let address = entry.value.string else {
            throw Self.wrong("abbreviations.\(entry.key)", "text", path)
          }
          abbreviations.removeAll { $0.name.isSameText(as: entry.key) }
          abbreviations.append((entry.key, address))
        }
      case ("default_context", _) where !value.isTrue: break
      case ("default_context", _), ("abbreviations", _): throw Self.wrong(key, "a mapping", path)
      case ("cookiecutters_dir", .string(let text)):
        templatesFolder = Self.expanded(text, variables)
      case ("replay_dir", .string(let text)): replayFolder = Self.expanded(text, variables)
      case ("cookiecutters_dir", _), ("replay_dir", _): throw Self.wrong(key, "a path", path)
      default: break
      }
    }
  }

  private static func wrong(_ key: String, _ kind: String, _ path: FilePath) -> Failure {
    Failure(
      .invalid, "`\(key)` must be \(kind)", at: SourceLocation(file: path.string))
  }

  /// Python's `expandvars`, then `expanduser`: a variable that is not set stays as it is written.
  static func expanded(_ text: String, _ variables: [String: String]) -> String {
    var result = ""
    var rest = text[...]
    while let dollar = rest.firstIndex(of: "$") {
      result += rest[..<dollar]
      rest = rest[rest.index(after: dollar)...]
      let isBraced = rest.first == "{"
      let name: Substring
      if isBraced {
        name = rest.dropFirst().prefix { $0 != "}" }
      } else {
        name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      }
      let isClosed = !isBraced || name.endIndex < rest.endIndex
      guard !name.isEmpty, isClosed, let value = variables[String(name)] else {
        result += "$"
        continue
      }
      result += value
      rest = rest[(isBraced ? rest.index(after: name.endIndex) : name.endIndex)...]
    }
    result += rest
    guard result.hasPrefix("~") else { return result }
    let name = result.dropFirst().prefix { $0 != "/" }
    let tail = result[name.endIndex...]
    if name.isEmpty { return UserFolders.home(variables).string + tail }
    guard let entry = getpwnam(String(name)), let home = entry.pointee.pw_dir else { return result }
    return String(cString: home) + tail
  }
}
