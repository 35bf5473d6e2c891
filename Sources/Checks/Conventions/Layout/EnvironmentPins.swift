import Formats
import Platform

/// Whether an environment can be made again: every package with one version, or a lock beside it.
enum EnvironmentPins {
  private static let locks = [
    "requirements.lock", "uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock", "conda-lock.yml",
    "pixi.lock", "requirements.lock.txt", "pylock.toml",
  ]

  static func check(
    _ path: String, _ name: String, _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) {
    let folder = path.split(separator: "/").dropLast().map { $0 + "/" }.joined()
    let isLocked = locks.contains { name != $0 && project.read(folder + $0) != nil }
    let isRequirements =
      name.hasPrefix("requirements") && name.hasSuffix(".txt") || name == "constraints.txt"
    if isRequirements, !isLocked {
      checkRequirements(path, project, report)
    } else if ["environment.yml", "environment.yaml", "conda.yaml", "conda.yml"].contains(name) {
      checkConda(path, project, isLocked: isLocked, report)
    } else if name == "python_env.yaml" || name == "python_env.yml" {
      checkPythonEnvironment(path, project, isLocked: isLocked, report)
    }
  }

  /// A line of pip's requirements: what it asks for, without comment; nil for options and blank ones.
  private static func requirement(_ line: String) -> String? {
    var text = line[...]
    // A comment begins at the start or behind a space.
    if let hash = text.indices.first(where: { index in
      text[index] == "#"
        && (index == text.startIndex || text[text.index(before: index)].isWhitespace)
    }) {
      text = text[..<hash]
    }
    while text.last?.isWhitespace == true { text = text.dropLast() }
    text = text.drop(while: \.isWhitespace)
    guard let first = text.first, first != "-" else { return nil }
    return String(text)
  }

  /// Whether it names one version, one commit or one file.
  static func isPinned(_ requirement: String) -> Bool {
    if requirement.contains("--hash=") || requirement.contains("===") { return true }
    let plain = requirement.split(separator: ";", maxSplits: 1)[0]
    if let at = plain.firstRange(of: "@ ")?.upperBound ?? plain.firstRange(of: "git+")?.lowerBound {
      let address = plain[at...]
      let last = address.split(separator: "@").last ?? ""
      let isCommit =
        last.prefix { $0 != "#" }.count == 40 && last.prefix(40).allSatisfy(\.isHexDigit)
      return isCommit || address.contains("#sha256=") || address.hasPrefix("file:")
        || address.hasSuffix(".whl")
    }
    if plain.hasPrefix(".") || plain.hasPrefix("/") { return true }
    guard let equal = plain.firstRange(of: "==") else { return false }
    return !plain[equal.upperBound...].contains("*")
  }

  private static func checkRequirements(
    _ path: String, _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) {
    guard let bytes = project.read(path) else { return }
    var joined = ""
    var start = 1
    let lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let text = line.last == "\r" ? line.dropLast() : line
      if joined.isEmpty { start = index + 1 }
      if text.hasSuffix("\\") {
        joined += text.dropLast()
        continue
      }
      joined += text
      if let requirement = requirement(joined), !isPinned(requirement) {
        report(ProjectFinding("unpinned", path, line: start, column: 1, ["what": requirement]))
      }
      joined = ""
    }
  }

  private static func checkConda(
    _ path: String, _ project: ProjectFiles, isLocked: Bool, _ report: (ProjectFinding) -> Void
  ) {
    guard let root = node(path, project, report) else { return }
    let channels = root.pairs?.first { $0.key.text == "channels" }?.value.items ?? []
    if channels.isEmpty { report(ProjectFinding("channels", path, line: 1, column: 1)) }
    let list = root.pairs?.first { $0.key.text == "dependencies" }?.value.items ?? []
    var hasPython = false
    for item in list {
      if let text = item.text {
        let name = text.prefix { !"=<> !~".contains($0) }
        if name == "python" { hasPython = text.contains("=") }
        if !isLocked, name != "pip", !text.contains("=") || text.contains(">") || text.contains("<")
        {
          add("unpinned", item, path, ["what": text], report)
        }
      } else if !isLocked {
        for requirement in item.pairs?.first(where: { $0.key.text == "pip" })?.value.items ?? [] {
          guard let text = requirement.text.flatMap(Self.requirement), !isPinned(text) else {
            continue
          }
          add("unpinned", requirement, path, ["what": text], report)
        }
      }
    }
    if !hasPython { report(ProjectFinding("python", path, line: 1, column: 1)) }
  }

  private static func checkPythonEnvironment(
    _ path: String, _ project: ProjectFiles, isLocked: Bool, _ report: (ProjectFinding) -> Void
  ) {
    guard let root = node(path, project, report) else { return }
    if root.pairs?.contains(where: { $0.key.text == "python" && $0.value.text != nil }) != true {
      report(ProjectFinding("python", path, line: 1, column: 1))
    }
    guard !isLocked else { return }
    for key in ["build_dependencies", "dependencies"] {
      for item in root.pairs?.first(where: { $0.key.text == key })?.value.items ?? [] {
        guard let text = item.text.flatMap(requirement), !isPinned(text), text != "pip" else {
          continue
        }
        add("unpinned", item, path, ["what": text], report)
      }
    }
  }

  private static func node(
    _ path: String, _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) -> YAMLNode? {
    guard let bytes = project.read(path) else { return nil }
    do { return try YAMLNode(parsing: bytes) } catch {
      report(
        ProjectFinding(
          "invalid", path, line: error.line, column: error.column, ["why": error.message]))
      return nil
    }
  }

  private static func add(
    _ code: String, _ node: YAMLNode, _ path: String, _ values: [String: String],
    _ report: (ProjectFinding) -> Void
  ) {
    report(ProjectFinding(code, path, line: node.mark.line, column: node.mark.column, values))
  }
}
