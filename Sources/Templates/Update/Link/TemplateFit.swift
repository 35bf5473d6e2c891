import Formats
import Git

/// How well a version of a template fits a project that was made from some version of it.
package struct TemplateFit: Sendable, Hashable {
  package var version: TemplateVersions.Version
  package var subject: String
  /// 0 for nothing in common to 1 for every file as the template makes it, and none that another version makes besides.
  package var score: Double
  /// Files that are exactly as rendered.
  package var same: Int
  /// Files that are there and differ.
  package var changed: Int
  /// Files that the project has not.
  package var missing: Int
  /// Files that the project has, and that other versions make but not this one.
  package var extra: Int
}

/// A version of a template beside the project, file by file.
struct FitMeasure {
  let version: TemplateVersions.Version
  let subject: String
  let answers: RenderingRequest.Answers
  /// How alike the file of each path is, out of ``ContentSimilarity/full``; nil where the project has none.
  private let likeness: [TreePath: Int?]

  init(
    version: TemplateVersions.Version, subject: String, answers: RenderingRequest.Answers,
    rendering: RenderedTree, project: ProjectSnapshot
  ) {
    self.version = version
    self.subject = subject
    self.answers = answers
    likeness = rendering.files.reduce(into: [:]) { likeness, line in
      likeness[line.key] = .some(
        project.file(line.key).map { Self.likeness(of: line.value, to: $0) })
    }
  }

  private static func likeness(of file: RenderedFile, to there: RenderedFile) -> Int {
    if there.content == file.content { return ContentSimilarity.full }
    let common = ContentSimilarity(of: there.content)
      .score(with: ContentSimilarity(of: ProjectLineEnds.adapted(file, to: there)))
    // Whatever differs is not the same, however large the rest.
    return min(common, ContentSimilarity.full - 1)
  }

  /// The paths that the project has too.
  var found: [TreePath] { likeness.compactMap { $0.value == nil ? nil : $0.key } }

  /// - Parameter explained: all paths that the project has and that some version makes.
  func fit(explained: Set<TreePath>) -> TemplateFit {
    let alike = likeness.values.compactMap { $0 }
    let extra = explained.count { likeness[$0] == nil }
    let all = likeness.count + extra
    // Whole numbers, so that the order of the files makes no difference.
    let sum = alike.reduce(0, +)
    let same = alike.count { $0 == ContentSimilarity.full }
    return TemplateFit(
      version: version, subject: subject,
      score: all == 0 ? 0 : Double(sum) / Double(all * ContentSimilarity.full), same: same,
      changed: alike.count - same, missing: likeness.count - alike.count, extra: extra)
  }
}

extension RenderingRequest {
  /// What a version is rendered with: recorded answers and those given now.
  struct Answers: Sendable {
    var recorded: JSONValue
    var given: [Given]
  }
}
