import Git

/// How well a version of a template fits a project that was made from some version of it.
package struct TemplateFit: Sendable, Hashable {
  package var version: TemplateVersions.Version
  package var subject: String
  /// 0 for nothing in common to 1 for every file as the template makes it.
  package var score: Double
  /// Files that are exactly as rendered.
  package var same: Int
  /// Files that are there and differ.
  package var changed: Int
  /// Files that the project has not.
  package var missing: Int

  /// Compares a rendering with the project's files at the same paths.
  package init(
    version: TemplateVersions.Version, subject: String, rendering: RenderedTree,
    project: ProjectSnapshot
  ) {
    self.version = version
    self.subject = subject
    (same, changed, missing) = (0, 0, 0)
    var sum = 0.0
    for (path, file) in rendering.files {
      guard let there = project.file(path) else {
        missing += 1
        continue
      }
      if there.content == file.content {
        same += 1
        sum += 1
      } else {
        changed += 1
        let common = ContentSimilarity(of: there.content)
          .score(with: ContentSimilarity(of: ProjectLineEnds.adapted(file, to: there)))
        sum += Double(common) / Double(ContentSimilarity.full)
      }
    }
    score = rendering.files.isEmpty ? 0 : sum / Double(rendering.files.count)
  }
}
