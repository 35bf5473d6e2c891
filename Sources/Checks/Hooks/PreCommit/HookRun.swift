import Git
import Glibc
import Platform
import SystemPackage

/// Runs hooks of a configuration one after the other in a copy of what the index holds.
///
/// The user's work tree and index are not touched; see ``HookMending`` for what becomes of changes.
package final class HookRun {
  /// Hears of each hook, before it is run and when it is over.
  package struct Listener {
    package var begins: (PreCommitHook) -> Void
    package var ends: (PreCommitHook, HookResult) -> Void

    package init(
      begins: @escaping (PreCommitHook) -> Void,
      ends: @escaping (PreCommitHook, HookResult) -> Void
    ) {
      self.begins = begins
      self.ends = ends
    }
  }

  private let workplace: HookWorkplace
  private let stage: HookStage
  private let config: PreCommitConfig
  private let files: HookFiles
  private let variables: [String: String]
  private let expressions: PythonExpressions
  /// Whether a hook that changed files is run again, and passes if it has nothing more to change.
  private let mends: Bool
  private let skipped: [String]

  /// - Parameter variables: the environment; `SKIP` names hooks that are not run.
  package init(
    _ config: PreCommitConfig, _ stage: HookStage, _ workplace: HookWorkplace,
    variables: [String: String], expressions: PythonExpressions, mends: Bool
  ) throws {
    self.config = config
    self.stage = stage
    self.workplace = workplace
    self.variables = variables
    self.expressions = expressions
    self.mends = mends
    files = try HookFiles(stage.candidates, of: config, expressions: expressions) { path in
      try Self.read(path, stage, workplace)
    }
    skipped = (variables["SKIP"] ?? "").split(separator: ",").map(Self.trimmed)
      .filter { !$0.isEmpty }
  }

  /// Runs hooks in order.
  ///
  /// - Returns: whether all passed.
  /// - Throws: `CancellationError` when the task is cancelled; ``Failure`` when a hook cannot be run at all.
  package func run(_ hooks: [PreCommitHook], listener: Listener) async throws -> Bool {
    var hasPassed = true
    for hook in hooks {
      try Task.checkCancellation()
      let names = try files.files(of: hook)
      let result: HookResult
      if skipped.contains(where: { hook.isNamed($0) }) {
        result = HookResult(.skipped)
      } else if names.isEmpty, !hook.alwaysRun {
        result = HookResult(.withoutFiles)
      } else {
        listener.begins(hook)
        result = try await outcome(of: hook, names)
      }
      listener.ends(hook, result)
      try log(result, of: hook)
      guard result.status == .failed else { continue }
      hasPassed = false
      if config.failFast || hook.failFast { break }
    }
    return hasPassed
  }

  private func outcome(of hook: PreCommitHook, _ files: [String]) async throws -> HookResult {
    let names = hook.passedNames == .none ? [] : files
    let start = ContinuousClock.now
    var (code, output) = try await run(hook, names)
    var changed = try workplace.snapshot?.newlyChanged() ?? []
    var result = HookResult(code == 0 && changed.isEmpty ? .passed : .failed)
    if mends, !changed.isEmpty {
      let again = try await run(hook, names)
      let more = try workplace.snapshot?.newlyChanged() ?? []
      if again.code == 0, more.isEmpty {
        result.status = .mended
      } else {
        (code, output) = again
      }
      changed += more.filter { !changed.contains($0) }
    }
    result.duration = ContinuousClock.now - start
    result.exitCode = code
    result.changed = changed.map { String(decoding: $0.path, as: UTF8.self) }
    result.output = Self.trimmed(output)
    return result
  }

  private func run(
    _ hook: PreCommitHook, _ names: [String]
  ) async throws -> (code: Int32, output: [UInt8]) {
    let entry = hook.entry ?? ""
    switch hook.runner {
    case .failure:
      return (1, Array((entry + "\n\n" + names.joined(separator: "\n") + "\n").utf8))
    case .search:
      let search = try PygrepSearch(entry: entry, arguments: hook.arguments, expressions)
      var said: [UInt8] = []
      var hasFaults = false
      for name in names {
        guard let fault = try search.fault(in: Self.read(name, stage, workplace), named: name)
        else { continue }
        hasFaults = true
        said += fault
      }
      return (hasFaults ? 1 : 0, said)
    case .system, .script:
      return try await runProgram(hook, names)
    case nil: return (1, [])
    }
  }

  private static func read(
    _ name: String, _ stage: HookStage, _ workplace: HookWorkplace
  ) throws -> [UInt8] {
    if let message = stage.message, message.name == name {
      return try FileSystem.read(message.path, limit: 1 << 26)
    }
    return try workplace.read(name)
  }

  private func runProgram(
    _ hook: PreCommitHook, _ names: [String]
  ) async throws -> (code: Int32, output: [UInt8]) {
    let tree = try await workplace.open().tree
    let variables = HookVariables.of(
      stage, inherited: variables, top: workplace.top, tree: tree)
    let words = try ShellSplitting.words(hook.entry ?? "") + hook.arguments
    let search = HookProgram(
      tree: tree, top: workplace.top, path: variables["PATH"],
      isTracked: { [workplace] in workplace.isTracked($0) })
    let program: FilePath
    switch search.find(words[0], isScript: hook.runner == .script) {
    case .found(let path): program = path
    case .problem(let text): return (1, Array(text.utf8))
    }
    // The message is where it always is, which is not below the folder.
    let given = names.map { name in
      name == stage.message?.name ? stage.message?.path.string ?? name : name
    }
    let jobs = HookCommand.jobs(hook, variables)
    var most: Int?
    if case .atMost(let count) = hook.passedNames { most = count }
    let command = try HookCommand(
      words, files: given, jobs: jobs, most: most,
      environmentSize: HookVariables.size(variables))
    let calls = command.parts.map { part in
      // Both streams go into one pipe, in the order in which they are written.
      ChildCommand(
        "/bin/sh", ["-c", "exec \"$@\" 2>&1", "sh", program.string] + words.dropFirst() + part,
        environment: variables, directory: tree)
    }
    return try await Self.run(calls, jobs: jobs)
  }

  /// Runs calls, so many at a time; the output is in the order of the calls.
  private static func run(
    _ calls: [ChildCommand], jobs: Int
  ) async throws -> (code: Int32, output: [UInt8]) {
    try await withThrowingTaskGroup(of: (Int, ChildEnd, [UInt8]).self) { group in
      var results: [(end: ChildEnd, output: [UInt8])?] = Array(repeating: nil, count: calls.count)
      var next = 0
      func start() {
        guard next < calls.count else { return }
        let (number, call) = (next, calls[next])
        next += 1
        group.addTask {
          let (end, output, error) = try await ChildProcess.capture(call, limit: 1 << 26)
          return (number, end, output + error)
        }
      }
      for _ in 0..<max(1, jobs) { start() }
      while let (number, end, output) = try await group.next() {
        try Task.checkCancellation()
        results[number] = (end, output)
        start()
      }
      var code: Int32 = 0
      var all: [UInt8] = []
      for result in results {
        guard let result else { continue }
        all += result.output
        let own: Int32 =
          switch result.end.status {
          case .exited(let code): code
          case .signalled(let signal): -signal
          }
        if abs(own) > abs(code) { code = own }
      }
      return (code, all)
    }
  }

  /// `log_file`: what a hook said is also kept in the user's work tree.
  private func log(_ result: HookResult, of hook: PreCommitHook) throws {
    guard !hook.logFile.isEmpty, !result.output.isEmpty,
      hook.isVerbose || result.exitCode != 0 || !result.changed.isEmpty
    else { return }
    let path = try FileSystem.absolute(FilePath(hook.logFile), in: workplace.top)
    let descriptor = path.withPlatformString {
      open($0, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o644)
    }
    guard descriptor >= 0 else { throw Failure(errno: errno, "write", path) }
    defer { close(descriptor) }
    try FileSystem.writeAll(descriptor, result.output + [0x0A], to: path)
  }

  private static func trimmed(_ text: Substring) -> String {
    String(decoding: trimmed(Array(text.utf8)), as: UTF8.self)
  }

  private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (9...13).contains(byte) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return [] }
    return Array(bytes[first...last])
  }
}
