import Formats
import Templates
import Testing

/// What a template gives, or what it raises as `Exception: message (line N)`.
func rendered(
  _ source: String, _ context: JSONValue = [:], options: JSONValue = [:],
  templates: [String: String]? = nil, limits: TemplateLimits = TemplateLimits()
) -> String {
  do {
    let environment = TemplateEnvironment(
      options: try TemplateOptions(json: options), loader: templates.map { DictionaryLoader($0) },
      limits: limits)
    let bytes = try environment.template(source).render(TemplateContext(context))
    return String(decoding: bytes, as: UTF8.self)
  } catch {
    return "\(error.exception): \(error.message)" + (error.line.map { " (line \($0))" } ?? "")
  }
}
