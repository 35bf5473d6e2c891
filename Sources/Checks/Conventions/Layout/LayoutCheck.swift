import Formats
import Git
import Platform

/// A rule about which files a project has: `require`, `one-of`, `forbid`, `must-be-ignored`, `max-size`, `max-files`, and
/// what files are called: `name-case`, `names`.
struct LayoutCheck: ProjectCheck {
  private enum NameCase: String, CaseIterable {
    case snake, kebab
  }

  private struct Pattern: Sendable {
    var text: String
    var paths: PathPatterns

    init(_ text: String) {
      self.text = text
      paths = PathPatterns([text])
    }

    /// Without the slash that ties it to the project's root.
    var name: String { text.hasPrefix("/") ? String(text.dropFirst()) : text }

    func matches(_ path: String) -> Bool { paths.matches(Array(path.utf8)) }
  }

  private let scope: RuleScope
  private let required: [Pattern]
  private let oneOf: [Pattern]
  private let forbidden: [Pattern]
  private let ignored: [String]
  /// As many bytes of what is to be ignored are let be.
  private let spared: Int64
  private let largest: Int?
  private let mostFiles: Int?
  private let nameCase: NameCase?
  private let portable: Bool

  init(_ node: YAMLNode, _ scope: RuleScope) throws(ParseFailure) {
    let fields = try RuleFields(
      node, "`match`",
      known: [
        "require", "one-of", "forbid", "must-be-ignored", "max-size", "max-files", "name-case",
        "portable-names", "spare-up-to",
      ])
    self.scope = scope
    required = try (fields.texts("require") ?? []).map { Pattern($0) }
    oneOf = try (fields.texts("one-of") ?? []).map { Pattern($0) }
    forbidden = try (fields.texts("forbid") ?? []).map { Pattern($0) }
    ignored = try fields.texts("must-be-ignored") ?? []
    spared = Int64(try fields.int("spare-up-to") ?? 0)
    largest = try fields.int("max-size")
    mostFiles = try fields.int("max-files")
    nameCase = try fields.choice("name-case", NameCase.self)
    portable = try fields.bool("portable-names") ?? false
  }

  func run(_ project: ProjectFiles, _ report: (ProjectFinding) -> Void) {
    for pattern in required where !project.paths.contains(where: pattern.matches) {
      report(ProjectFinding("require", ".", ["what": pattern.name]))
    }
    if !oneOf.isEmpty,
      !project.paths.contains(where: { path in oneOf.contains { $0.matches(path) } })
    {
      let names = oneOf.map(\.name).joined(separator: ", ")
      report(ProjectFinding("one-of", ".", ["what": names]))
    }
    for folder in ignored {
      let own = project.paths.filter { $0.hasPrefix(folder + "/") && project.isTracked($0) }
      // A folder that git keeps a note in, and nothing else, is as good as ignored.
      let data = own.filter { path in
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return ![".gitkeep", ".gitignore", "README.md"].contains(name) && !name.hasSuffix(".dvc")
      }
      // What a person can look through does no harm: the sample that a project begins with.
      var size: Int64 = 0
      for path in data { size = size.addingReportingOverflow(project.size(path) ?? 0).partialValue }
      if let first = data.first, size == 0 || size > spared {
        report(
          ProjectFinding("must-be-ignored", first, ["what": folder, "count": String(data.count)]))
      } else if own.isEmpty, !project.isIgnored(folder + "/x") {
        report(ProjectFinding("not-ignored", ".gitignore", ["what": folder]))
      }
    }
    checkFiles(project, report)
  }

  private func checkFiles(_ project: ProjectFiles, _ report: (ProjectFinding) -> Void) {
    let meant = project.paths.filter { path in
      project.checked.contains(path)
        && scope.contains(Array(path.utf8), Language(path: path, bytes: []))
    }
    for path in meant {
      if let pattern = forbidden.first(where: { $0.matches(path) }), project.isTracked(path) {
        report(ProjectFinding("forbid", path, ["what": pattern.text]))
      }
      if let largest, project.isTracked(path), let size = project.size(path), size > largest {
        report(
          ProjectFinding(
            "max-size", path,
            [
              "size": ByteCount(size).description, "max": ByteCount(Int64(largest)).description,
            ]))
      }
      if let nameCase, let better = Self.better(path, nameCase) {
        report(ProjectFinding("name-case", path, ["better": better]))
      }
    }
    if let mostFiles {
      var counts: [String: Int] = [:]
      for path in meant {
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        counts[folder, default: 0] += 1
      }
      for (folder, count) in counts.sorted(by: { $0.key < $1.key }) where count > mostFiles {
        report(
          ProjectFinding(
            "max-files", folder.isEmpty ? "." : folder,
            ["count": String(count), "max": String(mostFiles)]))
      }
    }
    if portable { checkPortable(meant, project, report) }
  }

  /// The name that a file should have; nil when it has it.
  private static func better(_ path: String, _ nameCase: NameCase) -> String? {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    let stem = name.prefix { $0 != "." }
    // `__init__.py`, `.hidden`, `README.md`, `Makefile`
    guard !stem.isEmpty, !stem.hasPrefix("__"), stem.contains(where: \.isLowercase) else {
      return nil
    }
    let sign: Character = nameCase == .snake ? "_" : "-"
    var result = ""
    var last: Character?
    for character in stem {
      if character == "-" || character == "_" || character == " " {
        if last != sign { result.append(sign) }
        last = sign
        continue
      }
      if character.isUppercase, let last, last.isLowercase || last.isNumber { result.append(sign) }
      result += character.lowercased()
      last = character
    }
    if stem.hasPrefix("_"), nameCase == .snake, !result.hasPrefix("_") { result = "_" + result }
    return result == stem ? nil : result + name.dropFirst(stem.count)
  }

  private static let reserved: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

  private func checkPortable(
    _ meant: [String], _ project: ProjectFiles, _ report: (ProjectFinding) -> Void
  ) {
    var seen: [String: String] = [:]
    for path in project.paths {
      let small = path.lowercased()
      if let other = seen[small], project.checked.contains(path) || project.checked.contains(other)
      {
        report(ProjectFinding("clash", path, ["other": other]))
      }
      seen[small] = path
    }
    for path in meant {
      for part in path.split(separator: "/") {
        let stem = part.prefix { $0 != "." }.lowercased()
        if Self.reserved.contains(stem) {
          report(ProjectFinding("reserved", path, ["name": String(part)]))
        } else if part.contains(where: { "<>:\"|?*\\".contains($0) || $0.isNewline || $0 == "\t" })
          || part.last == "." || part.last == " "
        {
          report(ProjectFinding("characters", path, ["name": String(part)]))
        } else if part.contains(" ") {
          report(ProjectFinding("space", path, ["name": String(part)]))
        }
      }
    }
  }
}
