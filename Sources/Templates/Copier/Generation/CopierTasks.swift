import Platform
import SystemPackage

/// The commands that a copier template runs in the project when it is made (`_tasks`) or updated (`_migrations`).
struct CopierTasks: Sendable {
  struct Task: Sendable {
    var command: ContextValue
    var when: ContextValue
    var folder = "."
    /// Variables of its own, with their underscores; the environment has them without, in capitals.
    var variables: [(String, ContextValue)]

    init(
      command: ContextValue, when: ContextValue = .bool(true), folder: String = ".",
      variables: [(String, ContextValue)] = [("_stage", .text("task"))]
    ) {
      self.command = command
      self.when = when
      self.folder = folder
      self.variables = variables
    }
  }

  let tasks: [Task]
  private let generation: CopierGeneration
  private let phase: String
  /// What one of them is called in messages.
  private let word: String

  init(_ generation: CopierGeneration) {
    self.generation = generation
    phase = "tasks"
    word = "task"
    tasks = (generation.configuration.settings["tasks"]?.items ?? []).map { task in
      guard let command = task["command"] else { return Task(command: task) }
      return Task(
        command: command, when: task["when"] ?? .bool(true),
        folder: task["working_directory"]?.pythonText ?? ".")
    }
  }

  init(_ generation: CopierGeneration, migrations: [Task]) {
    self.generation = generation
    phase = "migrate"
    word = "migration"
    tasks = migrations
  }

  var isEmpty: Bool { tasks.isEmpty }

  /// Why they do not run without leave.
  var refusal: Failure {
    Failure(
      .permission, "the template wants to run \(tasks.count) commands (`_\(word)s`)",
      hint:
        "read them in \(generation.configuration.file ?? "copier.yml"), then allow them with `--trust`"
    )
  }

  /// Runs them in a folder that holds the project, and gives what the folder holds then.
  func run(on project: CopierProject, variables: [String: String]) async throws -> RenderedTree {
    let temporary = try TemporaryDirectory(prefix: "reprise-tasks-").keep()
    defer { try? FileSystem.removeTree(temporary) }
    // The folder's own name may matter to a task.
    let folder = temporary.appending(
      generation.folderName.isEmpty ? "project" : generation.folderName)
    try project.write(to: folder)
    try await run(in: folder, variables: variables)
    return try RenderedTree(reading: folder)
  }

  /// Runs them in a project.
  func run(
    in folder: FilePath, variables: [String: String], operation: String = "copy"
  ) async throws {
    for (number, task) in tasks.enumerated() {
      let what = "\(word) \(number + 1)"
      let extra = task.variables + [("_copier_operation", .text(operation))]
      let context = generation.context(phase: phase, extra: extra)
      var environment = variables
      for (name, value) in extra {
        environment[name.dropFirst().uppercased()] = value.pythonText
      }
      var when = task.when
      if let text = when.plainText {
        when = .text(try generation.engine.text(text, context, what: what))
      }
      guard CopierType.truth(when) else { continue }
      let words: [String]
      if let parts = task.command.items {
        words = try parts.map {
          try generation.engine.text($0.pythonText, context, what: what)
        }
      } else {
        let text = try generation.engine.text(task.command.pythonText, context, what: what)
        words = ["/bin/sh", "-c", text]
      }
      let place = try generation.engine.text(task.folder, context, what: what)
      try await run(
        words, in: folder.pushing(FilePath(place)).lexicallyNormalized(), environment, what)
    }
  }

  private func run(
    _ words: [String], in folder: FilePath, _ environment: [String: String], _ what: String
  ) async throws {
    guard let name = words.first else { return }
    let program: FilePath
    if name.contains("/") {
      program = try FileSystem.absolute(FilePath(name), in: folder)
    } else if let found = ProgramPath.find(name, in: environment["PATH"]) {
      program = found
    } else {
      throw Failure(.notFound, "\(what) needs the program `\(name)`, which is not installed")
    }
    let (end, output, error) = try await ChildProcess.capture(
      ChildCommand(program, Array(words.dropFirst()), environment: environment, directory: folder))
    guard end.exitCode == 0 else {
      let said = String(decoding: error.isEmpty ? output : error, as: UTF8.self).trimmingWhitespace
      throw Failure(
        .io, "\(what) ended with \(end.exitCode): \(words.last ?? name)",
        cause: said.isEmpty ? nil : said)
    }
  }
}

extension CopierProject {
  /// Writes everything into a folder that is made.
  func write(to folder: FilePath) throws {
    try FileSystem.createDirectory(folder)
    for path in folders { try FileSystem.createDirectory(path.path(in: folder)) }
    for path in tree.paths {
      let place = path.path(in: folder)
      try FileSystem.createDirectory(place.removingLastComponent())
      try tree[path]?.write(to: place, mode: modes[path])
    }
  }
}
