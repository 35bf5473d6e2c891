import Git
import Platform
import SystemPackage
import Templates

/// The project that a template command works on.
struct TemplateProject {
  let folder: FilePath
  let variables: [String: String]
  private let console: Console

  /// The folder the command was started for, or the nearest above it that says which template it was made from.
  init(_ global: GlobalOptions) throws {
    let place = try Place(global)
    variables = place.variables
    console = global.console
    let marks = [ScaffoldState.path, CruftFile.path, CopierAnswersFile.path, ".reprise/update"]
    var candidate = place.folder
    while true {
      if marks.contains(where: { FileSystem.exists(candidate.pushing(FilePath($0))) }) {
        folder = candidate
        return
      }
      let parent = candidate.removingLastComponent()
      if parent == candidate || parent.isEmpty { break }
      candidate = parent
    }
    folder = place.folder
  }

  /// A folder that need not say anything yet.
  init(_ global: GlobalOptions, in folder: FilePath) throws {
    self.folder = folder
    variables = ProcessVariables.all()
    console = global.console
  }

  /// Where fetched repositories are kept.
  var cache: RepositoryCache {
    RepositoryCache(UserFolders.cache(variables).appending("templates"))
  }

  func renderer(_ kind: ScaffoldState.Kind) -> any TemplateRenderer {
    TemplateRenderers.renderer(for: kind, variables: variables, askers: askers)
  }

  /// Whoever sits at the terminal.
  private var askers: TemplateAskers {
    TemplateAskers(
      cookiecutter: { [console] question in
        var asker = TerminalAsker(console: console)
        return try asker.answer(question)
      }, copier: CopierQuestions.asker(console))
  }

  /// Whether there is somebody who can be asked.
  static func hasPerson(_ global: GlobalOptions) -> Bool {
    !global.printsJSON && Terminal.isTerminal(0) && Terminal.isTerminal(2)
  }

  func updater() throws -> Updater {
    try Updater(project: folder, cache: cache, renderer: renderer)
  }

  /// `key=value` as a person types them.
  static func given(_ words: [String]) throws -> [RenderingRequest.Given] {
    try words.map { word in
      guard let sign = word.firstIndex(of: "="), sign != word.startIndex else {
        throw Failure(.usage, "`\(word)` is no answer", hint: "answers are written key=value")
      }
      return .init(String(word[..<sign]), String(word[word.index(after: sign)...]))
    }
  }
}
