/// Where `include`, `import` and `extends` find templates.
package protocol TemplateLoader: Sendable {
  /// The source of a template; nil when there is none of that name.
  func source(of name: String) throws(TemplateError) -> String?
}

/// Templates that are there already, by name.
package struct DictionaryLoader: TemplateLoader {
  package let sources: [String: String]

  package init(_ sources: [String: String]) { self.sources = sources }

  package func source(of name: String) -> String? { sources[name] }
}
