import Git
import Platform
import SystemPackage
import Templates

/// The project that a template command works on.
struct TemplateProject {
  let folder: FilePath
  private let variables: [String: String]

  /// The folder the command was started for, or the nearest above it that says which template it was made from.
  init(_ global: GlobalOptions) throws {
    let place = try Place(global)
    variables = place.variables
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

  /// Where fetched repositories are kept.
  var cache: RepositoryCache {
    RepositoryCache(UserFolders.cache(variables).appending("templates"))
  }

  func renderer(_ kind: ScaffoldState.Kind) -> any TemplateRenderer {
    TemplateRenderers.renderer(for: kind, variables: variables)
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
