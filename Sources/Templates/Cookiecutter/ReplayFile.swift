import Platform
import SystemPackage

/// The answers of the last time, as cookiecutter keeps them.
package enum ReplayFile {
  /// The file of a template's name in a folder.
  static func path(_ folder: FilePath, _ name: String) -> FilePath {
    folder.appending(name.hasSuffix(".json") ? name : name + ".json")
  }

  /// - Throws: ``Failure`` when there is none, it is no JSON, or has no answers.
  static func load(_ path: FilePath) throws -> AnswerMap {
    let bytes: [UInt8]
    do { bytes = try FileSystem.read(path, limit: 1 << 28) } catch var failure as Failure {
      if failure.code == .notFound {
        failure.message = "there is no replay file `\(path)`"
        failure.hint = "answer the questions once; see `--replay-file` for another file"
      }
      throw failure
    }
    let value: Answer
    do { value = try PythonJSONReader.read(bytes, mapsAreOrdered: false) } catch {
      throw Failure(
        .parse, "the replay file is no JSON: \(error.message)",
        at: SourceLocation(file: path.string, line: error.line, column: error.column))
    }
    guard let map = value.map, map["cookiecutter"]?.map != nil else {
      throw Failure(
        .invalid, "Context is required to contain a cookiecutter key",
        at: SourceLocation(file: path.string))
    }
    return map
  }

  static func save(_ context: AnswerMap, to path: FilePath) throws {
    try FileSystem.createDirectory(path.removingLastComponent())
    try FileSystem.write(Answer.map(context).json(indent: 2), to: path, durable: false)
  }
}
