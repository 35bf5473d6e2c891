import Platform

/// Something that works and is probably not what was meant.
package struct Warning: Sendable, Hashable {
  package var message: String
  package var hint: String?
  package var location: SourceLocation?

  package init(_ message: String, hint: String? = nil, at location: SourceLocation? = nil) {
    self.message = message
    self.hint = hint
    self.location = location
  }
}
