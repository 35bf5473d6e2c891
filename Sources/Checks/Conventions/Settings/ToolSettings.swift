import Formats
import Git
import Platform
import SystemPackage

/// What the files of ruff, black and isort say of the same conventions: `pyproject.toml`, `ruff.toml`, `.ruff.toml`.
///
/// They are defaults: what `reprise.yml` says counts more. Only Python's own rules, `py.…`, listen to them.
package struct ToolSettings: Sendable {
  package var lineLength: Int?
  /// Codes that are on; nil when nothing is said of it.
  package var select: [String]?
  package var ignore: [String] = []
  package var perFile: [ConventionSettings.Override] = []
  package var exclude: [String] = []
  /// Modules that are the project's own, and those that surely are not.
  package var firstParty: [String] = []
  package var thirdParty: [String] = []
  /// Values of single options of rules, by the options' names: `convention`, `style`, `max-branches`, `max-parameters`.
  package var options: [String: JSONValue] = [:]

  static let files = ["pyproject.toml", ".ruff.toml", "ruff.toml"]

  package init() {}

  /// - Throws: ``Failure`` with the place of what is wrong: no TOML. Values of another type than they should have are passed
  ///   over, as their own program will complain.
  package init(of project: FilePath) throws {
    func read(_ name: String) throws -> TOMLTable? {
      let path = project.appending(name)
      guard FileSystem.isFile(path) else { return nil }
      do { return try TOMLTable(parsing: FileSystem.read(path, limit: 1 << 24)) } catch let error
        as ParseFailure
      {
        throw error.failure(in: name)
      }
    }
    let tools = try read("pyproject.toml")?.value("tool")?.table
    readBlack(tools?.value("black")?.table)
    readIsort(tools?.value("isort")?.table)
    // A file of its own counts more than pyproject.toml, which ruff does not read then.
    if let own = try read(".ruff.toml") ?? read("ruff.toml") {
      readRuff(own)
    } else {
      readRuff(tools?.value("ruff")?.table)
    }
  }

  private mutating func readBlack(_ table: TOMLTable?) {
    if let length = table?["line-length"]?.int.flatMap({ Int(exactly: $0) }) { lineLength = length }
  }

  private mutating func readIsort(_ table: TOMLTable?) {
    guard let table else { return }
    if let length = table["line_length"]?.int.flatMap({ Int(exactly: $0) }) {
      lineLength = lineLength ?? length
    }
    firstParty += Self.texts(table["known_first_party"])
    thirdParty += Self.texts(table["known_third_party"])
  }

  private mutating func readRuff(_ table: TOMLTable?) {
    guard let table else { return }
    // Older files have all of it at the top.
    let lint = table["lint"]?.table
    func value(_ key: String) -> TOMLValue? { lint?[key] ?? table[key] }
    if let length = table["line-length"]?.int.flatMap({ Int(exactly: $0) }) { lineLength = length }
    if let length = lint?.value("pycodestyle", "max-line-length")?.int.flatMap({ Int(exactly: $0) })
    {
      lineLength = length
    }
    if let own = value("select") { select = Self.texts(own) }
    let more = Self.texts(value("extend-select"))
    if !more.isEmpty { select = (select ?? ["E4", "E7", "E9", "F"]) + more }
    ignore += Self.texts(value("ignore")) + Self.texts(value("extend-ignore"))
    exclude += Self.texts(table["exclude"]) + Self.texts(table["extend-exclude"])
    for key in ["per-file-ignores", "extend-per-file-ignores"] {
      for entry in value(key)?.table?.entries ?? [] {
        perFile.append(
          ConventionSettings.Override(
            paths: PathPatterns([entry.key]), ignore: Self.texts(entry.value)))
      }
    }
    let isort = lint?.value("isort")?.table ?? table["isort"]?.table
    firstParty += Self.texts(isort?["known-first-party"])
    thirdParty += Self.texts(isort?["known-third-party"])
    func inner(_ tool: String, _ key: String) -> TOMLValue? {
      lint?.value(tool, key) ?? table.value(tool, key)
    }
    options["convention"] = inner("pydocstyle", "convention")?.string.map(JSONValue.string)
    options["style"] = inner("flake8-quotes", "inline-quotes")?.string.map(JSONValue.string)
    options["max-branches"] = inner("mccabe", "max-complexity")?.int.map(JSONValue.int)
    options["max-parameters"] = inner("pylint", "max-args")?.int.map(JSONValue.int)
  }

  private static func texts(_ value: TOMLValue?) -> [String] {
    value?.array?.compactMap(\.string) ?? value?.string.map { [$0] } ?? []
  }
}
