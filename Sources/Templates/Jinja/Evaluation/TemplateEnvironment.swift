import Synchronization

/// Options, loader and library that templates share; threads may use one at once.
package final class TemplateEnvironment: Sendable {
  package let options: TemplateOptions
  package let library: TemplateLibrary
  package let limits: TemplateLimits
  let loader: (any TemplateLoader)?
  let delimiters: Delimiters
  /// The attributes of the builtin types.
  let memberNames: NameFilter
  /// Whether `do` is a tag, and `break` and `continue`.
  let hasDo: Bool
  let hasLoopControls: Bool
  let cache = Mutex<[String: Template]>([:])

  package init(
    options: TemplateOptions = TemplateOptions(), loader: (any TemplateLoader)? = nil,
    library: TemplateLibrary = .standard, limits: TemplateLimits = TemplateLimits()
  ) {
    self.options = options
    self.loader = loader
    self.library = library
    self.limits = limits
    delimiters = Delimiters(options)
    memberNames = NameFilter(library.memberNames)
    hasDo = options.extensions.contains {
      $0 == "jinja2.ext.do" || $0.hasSuffix("ExprStmtExtension")
    }
    hasLoopControls = options.extensions.contains {
      $0 == "jinja2.ext.loopcontrols" || $0.hasSuffix("LoopControlExtension")
    }
  }
}
