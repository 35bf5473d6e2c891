import Platform
import SystemPackage

/// What a template asks, read from its own file without rendering anything.
enum TemplateQuestions {
  /// The names of the questions, in order.
  static func names(in folder: FilePath, _ kind: ScaffoldState.Kind) throws -> [String] {
    switch kind {
    case .copier: try CopierConfiguration(in: folder).questions.map(\.name)
    case .cookiecutter: try declared(in: folder).entries.map(\.key).filter { !$0.hasPrefix("_") }
    }
  }

  /// What `cookiecutter.json` says, or `ccds.json` where it is.
  static func declared(in folder: FilePath) throws -> AnswerMap {
    let names = ["ccds.json", "cookiecutter.json"]
    guard let file = names.map({ folder.appending($0) }).first(where: FileSystem.isFile) else {
      throw Failure(.notFound, "`\(folder)` holds no template")
    }
    do {
      return try PythonJSONReader.read(FileSystem.read(file, limit: 1 << 26)).map ?? AnswerMap()
    } catch let error as PythonJSONReader.Invalid {
      throw Failure(
        .parse, error.message,
        at: SourceLocation(file: file.string, line: error.line, column: error.column))
    }
  }
}
