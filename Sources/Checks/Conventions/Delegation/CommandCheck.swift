import Formats
import Glibc
import Platform
import SystemPackage

/// A rule that another program checks: `match: {run: [ruff, check, --output-format, json], report: json}`.
///
/// The files are given as arguments, in a folder that holds what is checked: the project, or a copy of what is staged. Where
/// the program is neither on the PATH nor in the project's environment, nothing is found.
struct CommandCheck: ProjectCheck {
  private let words: [String]
  private let report: ToolReport
  private let scope: RuleScope
  /// The longest list of arguments; more files are given in several turns.
  private static let batch = 500
  private static let timeout = Duration.seconds(600)

  init(_ node: YAMLNode, _ scope: RuleScope) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: ["run", "report"])
    words = try fields.texts("run") ?? []
    guard !words.isEmpty else { throw node.failure("a command rule needs `run`") }
    report = try fields.choice("report", ToolReport.self) ?? .gcc
    self.scope = scope
  }

  func run(_ project: ProjectFiles, _ report: (ProjectFinding) -> Void) {
    let files = project.checked.filter { path in
      scope.contains(Array(path.utf8), Language(path: path, bytes: []))
    }.sorted()
    guard !files.isEmpty, let program = program(project) else { return }
    do {
      let copy = try project.isStaged ? snapshot(files, project) : nil
      let folder = copy?.path ?? project.root
      for start in stride(from: 0, to: files.count, by: Self.batch) {
        let part = files[start..<min(files.count, start + Self.batch)]
        for entry in try entries(program, Array(part), in: folder) {
          guard let path = relative(entry.path, to: folder), project.checked.contains(path) else {
            continue
          }
          report(
            ProjectFinding(
              entry.code, path, line: entry.line, column: entry.column,
              message: entry.message + (entry.code.map { " (\($0))" } ?? "")))
        }
      }
      if let copy { try FileSystem.removeTree(copy.path) }
    } catch {
      let why = (error as? Failure)?.message ?? "\(error)"
      report(ProjectFinding(nil, words[0], message: "`\(words[0])` could not be run: \(why)"))
    }
  }

  private func program(_ project: ProjectFiles) -> FilePath? {
    for folder in [".venv/bin", "venv/bin"] {
      let own = project.root.pushing(FilePath(folder)).appending(words[0])
      if FileSystem.isFile(own) { return own }
    }
    return ProgramPath.find(words[0], in: getenv("PATH").map { String(cString: $0) })
  }

  private func entries(
    _ program: FilePath, _ files: [String], in folder: FilePath
  ) throws -> [ToolReport.Entry] {
    // Some say what they found on standard error.
    let command = ChildCommand(
      "/bin/sh",
      ["-c", "exec \"$@\" 2>&1", "sh", program.string] + words.dropFirst()
        + files.map { $0.hasPrefix("-") ? "./" + $0 : $0 },
      environment: ProcessVariables.all(), directory: folder)
    let (_, output) = try ChildProcess.captureBlocking(command, timeout: Self.timeout)
    return report.entries(output)
  }

  private struct Copy {
    var path: FilePath
  }

  private func snapshot(_ files: [String], _ project: ProjectFiles) throws -> Copy {
    let folder = try TemporaryDirectory(prefix: "reprise-check-").keep()
    for path in files {
      guard let bytes = project.read(path) else { continue }
      let target = folder.pushing(FilePath(path))
      try FileSystem.createDirectory(target.removingLastComponent())
      try FileSystem.write(bytes, to: target, durable: false)
    }
    // Their settings count for the copy too.
    for name in [
      "pyproject.toml", "ruff.toml", ".ruff.toml", "mypy.ini", ".swift-format", "setup.cfg",
    ] {
      if let bytes = project.read(name) {
        try FileSystem.write(bytes, to: folder.appending(name), durable: false)
      }
    }
    return Copy(path: folder)
  }

  private func relative(_ text: String, to folder: FilePath) -> String? {
    var path = FilePath(text).lexicallyNormalized()
    if path.isAbsolute {
      guard path.removePrefix(folder) || path.removePrefix(FileSystem.realPath(folder) ?? folder)
      else { return nil }
    }
    return path.string
  }
}
