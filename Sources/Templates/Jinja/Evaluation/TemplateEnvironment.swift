/// Options, loader and library that templates share; threads may use one at once.
package final class TemplateEnvironment: Sendable {
  package let options: TemplateOptions
  package let library: TemplateLibrary
  package let limits: TemplateLimits
  let loader: (any TemplateLoader)?

  package init(
    options: TemplateOptions = TemplateOptions(), loader: (any TemplateLoader)? = nil,
    library: TemplateLibrary = .standard, limits: TemplateLimits = TemplateLimits()
  ) {
    self.options = options
    self.loader = loader
    self.library = library
    self.limits = limits
  }
}
