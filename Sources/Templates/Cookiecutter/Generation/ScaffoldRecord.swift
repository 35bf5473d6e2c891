import Formats
import Platform
import SystemPackage

/// Writes down what a project was made from, so that it can be updated.
struct ScaffoldRecord {
  let source: TemplateSource
  let request: ScaffoldRequest
  let context: ScaffoldContext

  func save(_ project: RenderedProject, in folder: FilePath) throws {}
}
