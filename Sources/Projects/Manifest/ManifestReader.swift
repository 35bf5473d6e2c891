import Formats
import Platform

/// Reads an MLproject, collecting every problem before it fails.
///
/// MLflow's keys have MLflow's meaning; where MLflow ends in a traceback there is a message here. Our own keys are
/// checked to the letter. Unknown keys are tolerated everywhere, with a warning when one looks like a misspelling.
struct ManifestReader {
  let file: String
  var problems: [Failure] = []
  var warnings: [Warning] = []

  init(file: String) { self.file = file }

  mutating func read(_ bytes: [UInt8]) throws(Failure) -> Manifest {
    var manifest = Manifest(file: file)
    let root: Section
    do throws(ParseFailure) {
      let node = try YAMLNode(parsing: bytes)
      // Everything is read once here: what is wrong further inside is no longer YAML's.
      switch try node?.value() {
      case nil, .some(.none):
        warnings.append(Warning("\(file) is empty; MLflow cannot read it", at: location(nil)))
        manifest.warnings = warnings
        return manifest
      case .map: root = Section(fields: try node?.fields() ?? [])
      default:
        throw ParseFailure(
          "\(file) is not a mapping", line: 1, column: 1,
          hint: "begin it with `name: …` and `entry_points:`")
      }
    } catch {
      throw error.failure(in: file)
    }
    warnMisspelled(
      root,
      known: [
        "name", "entry_points", "python_env", "conda_env", "docker_env", "databricks_spark_job",
      ])
    manifest.name = root["name"].flatMap { $0.value == .none ? nil : $0.value.pythonText }
    if let field = present(root["entry_points"]) { manifest.entryPoints = readEntryPoints(field) }
    manifest.environment = readEnvironment(root)
    manifest.isDatabricksJob = readDatabricksJob(root, manifest)
    manifest.warnings = warnings
    let problems = inOrder(problems)
    if let failure = Failure.together(problems, "\(problems.count) problems in \(file)") {
      throw failure
    }
    return manifest
  }

  /// In the order of the file; those of one place as they were found.
  private func inOrder(_ problems: [Failure]) -> [Failure] {
    let places = problems.map { ($0.location?.line ?? 0, $0.location?.column ?? 0) }
    let order = problems.indices.sorted {
      (places[$0].0, places[$0].1, $0) < (places[$1].0, places[$1].1, $1)
    }
    return order.map { problems[$0] }
  }

  /// A mapping, taken apart.
  struct Section {
    var fields: [YAMLNode.Field]

    subscript(key: String) -> YAMLNode.Field? { fields.first { $0.key == .string(key) } }
  }

  /// The section that a field holds; a problem when it holds something else.
  mutating func section(_ field: YAMLNode.Field, _ what: String, hint: String) -> Section? {
    // Its value is known, so its fields have been read before and cannot fail.
    if case .map = field.value, let fields = try? field.valueNode.fields() {
      return Section(fields: fields)
    }
    report("\(what) is \(field.value.typeName), not a mapping", hint: hint, field.valueNode)
    return nil
  }

  /// The field when it is there and not null.
  func present(_ field: YAMLNode.Field?) -> YAMLNode.Field? {
    field.flatMap { $0.value == .none ? nil : $0 }
  }

  mutating func report(_ message: String, hint: String? = nil, _ node: YAMLNode) {
    problems.append(Failure(.invalid, message, hint: hint, at: location(node.mark)))
  }

  mutating func warn(_ message: String, hint: String? = nil, _ node: YAMLNode) {
    warnings.append(Warning(message, hint: hint, at: location(node.mark)))
  }

  func location(_ mark: YAMLMark?) -> SourceLocation {
    SourceLocation(file: file, line: mark?.line, column: mark?.column)
  }

  /// The name that a key gives; a warning when YAML did not read it as text, since nothing then finds it in MLflow.
  mutating func name(of field: YAMLNode.Field) -> String {
    let name = field.key.pythonText
    if case .string = field.key { return name }
    let written = field.keyNode.text ?? name
    warn(
      "the name `\(written)` is \(field.key.typeName) to YAML: `\(name)`",
      hint: "put it in quotes: \"\(written)\"", field.keyNode)
    return name
  }

  /// Warns of keys that stand twice, and of unknown ones that resemble a known one that is not there.
  ///
  /// - Parameter foreign: what other programs read there, and is no misspelling.
  mutating func warnMisspelled(_ section: Section, known: [String], foreign: [String] = []) {
    warnRepeated(section)
    for field in section.fields {
      guard let key = field.key.string, !known.contains(key), !foreign.contains(key),
        let near = nearestName(to: key, among: known), section[near] == nil
      else { continue }
      warn("unknown key `\(key)` is ignored", hint: "did you mean `\(near)`?", field.keyNode)
    }
  }

  mutating func warnRepeated(_ section: Section) {
    for field in section.fields {
      guard let first = field.first else { continue }
      warn(
        "`\(field.key.pythonText)` stands in line \(first.mark.line) and again in line \(field.keyNode.mark.line)",
        hint: "remove one: the last counts", field.keyNode)
    }
  }

  /// A text: any single value as Python's `str()` gives it; a problem for lists and mappings.
  mutating func text(_ field: YAMLNode.Field?, _ what: String, hint: String) -> String? {
    guard let field = present(field) else { return nil }
    switch field.value {
    case .list, .tuple, .set, .map, .bytes:
      report("\(what) is \(field.value.typeName), not a text", hint: hint, field.valueNode)
      return nil
    default: return field.value.pythonText
    }
  }
}
