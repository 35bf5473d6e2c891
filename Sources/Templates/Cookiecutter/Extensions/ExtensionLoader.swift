import Git
import Platform
import Synchronization
import SystemPackage

/// Gives templates the filters, tests, functions and tags that their extensions promise.
///
/// The known ones are native; for all others one Python process is started, once, when the first is wanted.
struct ExtensionLoader: Sendable {
  /// The template's folder: its own Python modules lie there.
  let template: FilePath
  let variables: [String: String]
  private let helper = SharedHelper()

  init(template: FilePath, variables: [String: String]) {
    self.template = template
    self.variables = variables
  }

  /// The process, shared by all engines of one project.
  private final class SharedHelper: Sendable {
    let helper = Mutex<PythonHelper?>(nil)
  }

  /// - Parameter names: the value of `_extensions`.
  func library(_ names: Answer?, options: inout TemplateOptions) throws -> TemplateLibrary {
    var library = TemplateLibrary.cookiecutter
    guard let names, names.isTrue else { return library }
    guard let list = names.list else {
      throw Failure(.invalid, "`_extensions` must be a list of names")
    }
    var foreign: [String] = []
    for name in list.map(\.pythonText) {
      switch name {
      case "jinja2.ext.do", "jinja2.ext.loopcontrols", "jinja2.ext.i18n", "jinja2.ext.debug",
        "jinja2.ext.ExprStmtExtension", "jinja2.ext.LoopControlExtension",
        "jinja2.ext.InternationalizationExtension", "jinja2.ext.DebugExtension":
        options.extensions.append(name)
      case "jinja2.ext.with_", "jinja2.ext.autoescape": break
      case _ where Self.isNative(name): break
      case "jinja2_git.GitExtension", "jinja2_git_ext.GitExtension":
        library.tags["gitcommit"] = ExtensionTag.gitCommit(template: template)
      default: foreign.append(name)
      }
    }
    if !foreign.isEmpty { try addForeign(foreign, to: &library) }
    return library
  }

  private static func isNative(_ name: String) -> Bool {
    [
      "jinja2_time.TimeExtension", "cookiecutter.extensions.JsonifyExtension",
      "cookiecutter.extensions.RandomStringExtension", "cookiecutter.extensions.SlugifyExtension",
      "cookiecutter.extensions.TimeExtension", "cookiecutter.extensions.UUIDExtension",
    ].contains(name)
  }

  private func addForeign(_ names: [String], to library: inout TemplateLibrary) throws {
    let helper = try helper.helper.withLock { shared in
      if let shared { return shared }
      let started = try PythonHelper(template: template, variables: variables)
      shared = started
      return started
    }
    try helper.load(names, into: &library)
  }
}
