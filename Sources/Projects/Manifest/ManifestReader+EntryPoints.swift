import Formats
import Platform
import SystemPackage

extension ManifestReader {
  mutating func readEntryPoints(_ field: YAMLNode.Field) -> [EntryPoint] {
    let hint = "write `main:` below it, and `command: …` below that"
    guard let section = section(field, "`entry_points`", hint: hint) else { return [] }
    warnRepeated(section)
    var entryPoints: [EntryPoint] = []
    for field in section.fields {
      if let entryPoint = readEntryPoint(field) { entryPoints.append(entryPoint) }
    }
    return entryPoints
  }

  private mutating func readEntryPoint(_ field: YAMLNode.Field) -> EntryPoint? {
    let name = name(of: field)
    let what = "the entry point `\(name)`"
    guard
      let section = section(field, what, hint: "write `command: …` below it")
    else { return nil }
    let known = [
      "parameters", "command", "description", "inputs", "outputs", "timeout", "env", "trainer",
      "notebook", "cache", "sources", "requires",
    ]
    warnMisspelled(section, known: known, foreign: ["resources"])
    var entryPoint = EntryPoint(name: name, location: location(field.keyNode.mark))
    entryPoint.command = word(section["command"], "the command of `\(name)`")
    entryPoint.commandLocation = section["command"].map { location($0.valueNode.mark) }
    entryPoint.trainer = word(section["trainer"], "the trainer of `\(name)`")
    entryPoint.notebook = word(section["notebook"], "the notebook of `\(name)`")
    checkOneOf(section, name)
    if entryPoint.trainer != nil {
      entryPoint.settings = readSettings(section, except: known)
    }
    entryPoint.description = text(
      section["description"], "the description of `\(name)`", hint: "write one line of text")
    if let parameters = section["parameters"] {
      entryPoint.parameters = readParameters(parameters, of: entryPoint)
    }
    entryPoint.inputs = readPaths(section["inputs"], "inputs", staysInside: false)
    entryPoint.outputs = readPaths(section["outputs"], "outputs", staysInside: true)
    entryPoint.caches = readCache(section["cache"], name)
    entryPoint.sources = readSources(section["sources"])
    entryPoint.requires = readPaths(section["requires"], "requires", staysInside: false)
    entryPoint.timeout = readTimeout(section["timeout"])
    entryPoint.environment = readVariables(section["env"])
    return entryPoint
  }

  private mutating func readCache(_ field: YAMLNode.Field?, _ name: String) -> Bool {
    guard let field = present(field) else { return true }
    if case .bool(let value) = field.value { return value }
    report(
      "`cache` of `\(name)` is \(field.value.typeName), not true or false",
      hint: "write `cache: false` to have it run every time", field.valueNode)
    return true
  }

  /// Paths and patterns; nil when none are declared. An empty list says that nothing but the command counts.
  private mutating func readSources(_ field: YAMLNode.Field?) -> [String]? {
    guard present(field) != nil else { return nil }
    return readPaths(field, "sources", staysInside: false)
  }

  /// A key whose value is a text and nothing else.
  private mutating func word(_ field: YAMLNode.Field?, _ what: String) -> String? {
    guard let field = present(field) else { return nil }
    if let text = field.value.string { return text }
    report(
      "\(what) is \(field.value.typeName), not a text", hint: "put it in quotes", field.valueNode)
    return nil
  }

  private mutating func checkOneOf(_ section: Section, _ name: String) {
    let ways = ["command", "trainer", "notebook"].compactMap { present(section[$0]) }
    guard ways.count > 1, let second = ways.last else { return }
    let names = ways.map { "`\($0.key.pythonText)`" }.joined(separator: " and ")
    report(
      "the entry point `\(name)` has \(names)",
      hint: "keep one of them, or make two entry points", second.keyNode)
  }

  private mutating func readPaths(
    _ field: YAMLNode.Field?, _ key: String, staysInside: Bool
  ) -> [String] {
    guard let field = present(field) else { return [] }
    guard let items = field.valueNode.items, case .list(let values) = field.value else {
      report(
        "`\(key)` is \(field.value.typeName), not a list",
        hint: "write it as `\(key): [\(field.value.string ?? "data/file.csv")]`", field.valueNode)
      return []
    }
    var paths: [String] = []
    for (node, value) in zip(items, values) {
      guard let path = value.string, !path.isEmpty, !path.utf8.contains(0) else {
        report("`\(key)` has \(value.typeName) that is not a path", hint: "put it in quotes", node)
        continue
      }
      if staysInside, !Self.isInside(path) {
        report(
          "the output `\(path)` is outside of the project", hint: "write a path below the project",
          node)
      }
      paths.append(path)
    }
    return paths
  }

  private static func isInside(_ path: String) -> Bool {
    let normal = FilePath(path).lexicallyNormalized()
    return normal.isRelative && normal.components.first?.kind != .parentDirectory
  }

  /// Seconds as a number, or a number with `s`, `m`, `h` or `d`.
  private mutating func readTimeout(_ field: YAMLNode.Field?) -> Duration? {
    guard let field = present(field) else { return nil }
    let seconds: Double? =
      if let text = field.value.string { Self.seconds(text) } else { field.value.number }
    guard let seconds, seconds > 0, seconds <= 1e9 else {
      report(
        "`timeout` is `\(field.value.pythonText)`, which is not a time",
        hint: "write seconds, or a number with a unit: 90s, 10m, 2h", field.valueNode)
      return nil
    }
    return .seconds(seconds)
  }

  private static func seconds(_ text: String) -> Double? {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
    guard let last = text.last, let first = text.utf8.first, 0x30...0x39 ~= first else {
      return nil
    }
    if let unit = units[last] { return PythonNumber.float(text.dropLast()).map { $0 * unit } }
    return PythonNumber.float(text)
  }

  private mutating func readVariables(_ field: YAMLNode.Field?) -> [EntryPoint.Variable] {
    guard let field = present(field) else { return [] }
    guard
      let section = section(
        field, "`env`", hint: "write variables below it, such as `OMP_NUM_THREADS: 4`")
    else { return [] }
    var variables: [EntryPoint.Variable] = []
    for field in section.fields {
      let name = name(of: field)
      guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "=")), !name.utf8.contains(0) else {
        report("`\(name)` cannot be the name of a variable", field.keyNode)
        continue
      }
      switch field.value {
      case .none, .bool, .list, .tuple, .set, .map, .bytes:
        report(
          "the variable `\(name)` is \(field.value.typeName), not a text",
          hint: "put the value in quotes: \(name): \"\(field.valueNode.text ?? "value")\"",
          field.valueNode)
      default:
        let value = field.value.pythonText
        guard !value.utf8.contains(0) else {
          report("the variable `\(name)` has a NUL character", field.valueNode)
          continue
        }
        variables.append(.init(name, value))
      }
    }
    return variables
  }
}
