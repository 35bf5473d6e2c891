import Platform
import Records
import Runner
import SystemPackage

/// The record of a run: what a program of yours tells of its work, for `reprise runs` to show.
///
///     let recording = try Recording.start(name: "first try")
///     try recording.parameter("k", 5)
///     for step in 0..<100 { try recording.metric("loss", loss, step: step) }
///     try recording.artifact("model.json")
///     try recording.finish()
///
/// Started by `reprise run`, a program joins that run; by itself it begins one of its own in the nearest project. A program
/// that dies leaves its run as KILLED.
public final class Recording: Sendable {
  private let run: ProgramRun

  /// 32 hexadecimal digits.
  public var id: String { run.id.hex }
  /// The run's name, such as `neat-zebra-915`.
  public var name: String { run.name }
  /// Whether `reprise run` opened the record, and will close it.
  public var isJoined: Bool { run.isJoined }
  /// The folder of the artifacts.
  public var artifactFolder: String { run.artifacts.string }

  private init(_ run: ProgramRun) { self.run = run }

  /// Joins the surrounding run, or starts a new one.
  ///
  /// - Parameters:
  ///   - name: of a new run; one is made up when nil.
  ///   - experiment: of a new run, made when it is not there.
  ///   - folder: where the project is looked for, upwards; the working folder when nil.
  /// - Throws: ``RepriseError`` when the records cannot be written.
  public static func start(
    name: String? = nil, experiment: String? = nil, folder: String? = nil
  ) throws -> Recording {
    try told {
      let here = try FileSystem.workingDirectory()
      let start = try folder.map { try FileSystem.absolute(FilePath($0), in: here) } ?? here
      return Recording(
        try ProgramRun(
          name: name, experiment: experiment, source: CommandLine.arguments.first ?? "swift",
          folder: start, variables: ProcessVariables.all()))
    }
  }

  /// Records what a block does: FINISHED when it returns, FAILED when it throws, KILLED when it is cancelled.
  public nonisolated(nonsending) static func record<Value>(
    name: String? = nil, experiment: String? = nil, folder: String? = nil,
    _ body: nonisolated(nonsending) (Recording) async throws -> Value
  ) async throws -> Value {
    let recording = try start(name: name, experiment: experiment, folder: folder)
    do {
      let value = try await body(recording)
      try recording.finish()
      return value
    } catch {
      try? recording.close(error is CancellationError ? .killed : .failed)
      throw error
    }
  }

  /// Logs a number of one step. Steps may come in any order; loops may log as often as they like.
  public func metric(_ name: String, _ value: Double, step: Int = 0) throws {
    try told { try run.metric(name, value, step: Int64(step)) }
  }

  /// Logs a parameter. A parameter keeps its value: another one for the same name is an error.
  public func parameter(_ name: String, _ value: some CustomStringConvertible) throws {
    try told { try run.parameter(name, value.description) }
  }

  /// Logs parameters that the run does not have yet.
  func parameters(filling values: [(name: String, value: String)]) throws {
    try told { try run.parameters(filling: values) }
  }

  /// Sets a tag, anew when it is there.
  public func tag(_ name: String, _ value: String) throws {
    try told { try run.tag(name, value) }
  }

  /// Copies a file or folder into the artifacts.
  ///
  /// - Parameter name: its path there; the file's own name when nil.
  public func artifact(_ path: String, as name: String? = nil) throws {
    try told {
      let file = try FileSystem.absolute(FilePath(path), in: FileSystem.workingDirectory())
      try run.artifact(file, as: name ?? file.lastComponent?.string ?? path)
    }
  }

  /// Closes the record as FINISHED; a joined one is closed by who opened it.
  public func finish() throws { try close(.finished) }

  /// Closes the record as FAILED.
  public func fail() throws { try close(.failed) }

  private func close(_ status: RunStatus) throws { try told { try run.finish(status) } }
}
