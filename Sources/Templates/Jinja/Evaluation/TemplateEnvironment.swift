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
  /// Whether `trans` is a tag.
  let hasTranslations: Bool
  let cache = Mutex<[String: Template]>([:])

  package init(
    options: TemplateOptions = TemplateOptions(), loader: (any TemplateLoader)? = nil,
    library: TemplateLibrary = .standard, limits: TemplateLimits = TemplateLimits()
  ) {
    self.options = options
    self.loader = loader
    self.limits = limits
    hasTranslations = options.extensions.contains {
      $0 == "jinja2.ext.i18n" || $0.hasSuffix("InternationalizationExtension")
    }
    var library = library
    if hasTranslations { TranslationLibrary.add(to: &library) }
    if options.extensions.contains(where: {
      $0 == "jinja2.ext.debug" || $0.hasSuffix("DebugExtension")
    }) {
      library.tags["debug"] = DebugTag.tag()
    }
    self.library = library
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
