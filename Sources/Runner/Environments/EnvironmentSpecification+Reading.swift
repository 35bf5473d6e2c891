import Formats
import Platform
import SystemPackage

extension EnvironmentSpecification {
  /// Reads a `python_env.yaml`: `python`, `build_dependencies`, `dependencies`.
  static func python(_ file: FilePath, in folder: FilePath) throws -> EnvironmentSpecification {
    let (root, name) = try read(file, in: folder)
    var result = EnvironmentSpecification(
      file: FilePath(name), python: nil, buildDependencies: [], dependencies: [], condaOnly: [])
    for pair in root.pairs ?? [] {
      switch pair.key.text {
      case "python":
        guard let text = pair.value.text, case .string = try pair.value.value() else {
          throw pair.value.failure(
            "`python` must be a text", hint: "put the version in quotes: python: \"3.11\""
          ).failure(in: name)
        }
        result.python = text
      case "build_dependencies": result.buildDependencies = try words(pair.value, name)
      case "dependencies": result.dependencies = try words(pair.value, name)
      case let key:
        throw pair.key.failure(
          "`\(key ?? "?")` is no key of a python_env.yaml",
          hint: "there are: python, build_dependencies, dependencies"
        ).failure(in: name)
      }
    }
    return result
  }

  /// Reads a conda file: its Python, its pip packages, and what only conda can install.
  static func conda(_ file: FilePath, in folder: FilePath) throws -> EnvironmentSpecification {
    let (root, name) = try read(file, in: folder)
    var result = EnvironmentSpecification(
      file: FilePath(name), python: nil, buildDependencies: [], dependencies: [], condaOnly: [])
    let dependencies = root.pairs?.first { $0.key.text == "dependencies" }?.value
    for item in dependencies?.items ?? [] {
      if let text = item.text {
        result.take(text)
      } else if let pip = item.pairs?.first(where: { $0.key.text == "pip" }) {
        result.dependencies += try words(pip.value, name)
      } else {
        throw item.failure("a dependency must be a text, or a list under `pip`").failure(in: name)
      }
    }
    return result
  }

  /// A conda dependency: Python and pip's own tools have counterparts outside of conda, the rest has not.
  private mutating func take(_ text: String) {
    let name = text.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    let version = text.dropFirst(name.count).drop { "=<>!~ ".contains($0) }
    switch name {
    case "python": python = version.isEmpty ? nil : String(version)
    case "pip", "setuptools", "wheel":
      buildDependencies.append(version.isEmpty ? String(name) : "\(name)==\(version)")
    default: condaOnly.append(text)
    }
  }

  private static func read(_ file: FilePath, in folder: FilePath) throws -> (YAMLNode, String) {
    var relative = file
    let name = relative.removePrefix(folder) ? relative.string : file.string
    do {
      let node = try YAMLNode(parsing: FileSystem.read(file, limit: 1 << 24))
      guard let node, node.pairs != nil else {
        throw ParseFailure("an environment file must be a mapping", line: 1, column: 1)
      }
      return (node, name)
    } catch let failure as ParseFailure {
      throw failure.failure(in: name)
    }
  }

  private static func words(_ node: YAMLNode, _ name: String) throws -> [String] {
    guard let items = node.items else {
      throw node.failure("expected a list of packages").failure(in: name)
    }
    return try items.map { item in
      guard let text = item.text else {
        throw item.failure("a package must be a text").failure(in: name)
      }
      return text
    }
  }
}
