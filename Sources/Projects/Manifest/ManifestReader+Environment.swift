import Formats
import Platform

extension ManifestReader {
  private static let environmentKeys = ["python_env", "conda_env", "docker_env"]

  /// The one environment that is named; nil when none is, or an empty value stands there.
  mutating func readEnvironment(_ root: Section) -> EnvironmentDeclaration? {
    let named = Self.environmentKeys.compactMap { root[$0] }
    if named.count > 1, let second = named.last {
      let names = named.map { "`\($0.key.pythonText)`" }.joined(separator: " and ")
      report("\(names) exclude each other", hint: "keep one of them", second.keyNode)
      return nil
    }
    guard let field = named.first, field.value.isTrue else { return nil }
    let mark = location(field.valueNode.mark)
    if field.key == .string("docker_env") {
      return readDocker(field).map { .docker($0, mark) }
    }
    guard let name = field.value.string, !name.utf8.contains(0) else {
      report(
        "`\(field.key.pythonText)` is \(field.value.typeName), not a file",
        hint: "write the name of a file in the project", field.valueNode)
      return nil
    }
    return field.key == .string("python_env")
      ? .python(file: name, mark) : .conda(file: name, mark)
  }

  private mutating func readDocker(_ field: YAMLNode.Field) -> DockerEnvironment? {
    guard let section = section(field, "`docker_env`", hint: "write `image: …` below it") else {
      return nil
    }
    guard let image = section["image"], image.value.isTrue else {
      report("`docker_env` has no image", hint: "write `image: NAME` below it", field.keyNode)
      return nil
    }
    var docker = DockerEnvironment(image: image.value.pythonText, volumes: [], variables: [])
    if let volumes = section["volumes"], volumes.value.isTrue {
      let texts = volumes.value.list.map { $0.compactMap(\.string) }
      if let texts, texts.count == volumes.value.list?.count {
        docker.volumes = texts
      } else {
        report(
          "`volumes` is not a list of texts", hint: "write it as [\"/data:/data\"]",
          volumes.valueNode)
      }
    }
    if let variables = section["environment"], variables.value.isTrue {
      docker.variables = readDockerVariables(variables)
    }
    return docker
  }

  private mutating func readDockerVariables(
    _ field: YAMLNode.Field
  ) -> [DockerEnvironment.Variable] {
    var variables: [DockerEnvironment.Variable] = []
    var isRight = field.value.list != nil
    for value in field.value.list ?? [] {
      if let name = value.string {
        variables.append(.init(name))
      } else if let pair = value.list {
        let texts = pair.map(\.pythonText)
        if texts.count == 2 { variables.append(.init(texts[0], texts[1])) }
      } else {
        isRight = false
      }
    }
    if !isRight {
      report(
        "`environment` is not a list of names and pairs",
        hint: "write it as [[\"NEW\", \"value\"], \"COPIED\"]", field.valueNode)
    }
    return variables
  }

  /// Checks `databricks_spark_job` against the keys that it excludes; whether it is there.
  mutating func readDatabricksJob(_ root: Section, _ manifest: Manifest) -> Bool {
    guard let field = present(root["databricks_spark_job"]) else { return false }
    guard
      let section = section(
        field, "`databricks_spark_job`", hint: "write `python_file: …` below it")
    else { return false }
    let hasFile = present(section["python_file"]) != nil
    if hasFile == !manifest.entryPoints.isEmpty {
      report(
        "`databricks_spark_job` needs either `python_file` or entry points, and not both",
        hint: "remove one of them", field.keyNode)
    }
    for key in Self.environmentKeys {
      guard let other = root[key] else { continue }
      report("`\(key)` cannot stand beside `databricks_spark_job`", other.keyNode)
    }
    for parameter in manifest.entryPoints.flatMap(\.parameters) where parameter.kind == .path {
      problems.append(
        Failure(
          .invalid, "`\(parameter.name)` is a `path`, which a Databricks job cannot have",
          at: parameter.location))
    }
    return true
  }
}

extension YAMLValue {
  /// Whether Python holds the value to be true.
  var isTrue: Bool {
    switch self {
    case .none: false
    case .bool(let value): value
    case .int(let value): value != 0
    case .float(let value): value != 0
    case .string(let text): !text.isEmpty
    case .bytes(let bytes): !bytes.isEmpty
    case .list(let values), .tuple(let values), .set(let values): !values.isEmpty
    case .map(let entries): !entries.isEmpty
    case .bigInt, .date, .dateTime: true
    }
  }
}
