/// What filters look up in their items: `name`, `address.city`, `tags.0`.
struct AttributePath {
  private let parts: [Value]
  private let fallback: Value?
  private let foldsCase: Bool

  /// - Parameters:
  ///   - attribute: a text with dots, any other key, or nothing for the item itself.
  ///   - fallback: what stands for a part that is missing; none for no default.
  init(_ attribute: Value?, fallback: Value? = nil, foldsCase: Bool = false) {
    self.foldsCase = foldsCase
    if let fallback, !fallback.isNone { self.fallback = fallback } else { self.fallback = nil }
    switch attribute {
    case nil, .some(.none): parts = []
    case .some(.string(let text)): parts = Self.parts(of: text) { .string($0) }
    case .some(.markup(let text)): parts = Self.parts(of: text) { .markup($0) }
    case .some(let key): parts = [key]
    }
  }

  private static func parts(of text: Text, _ key: (Text) -> Value) -> [Value] {
    text.split(by: ".").map { part in
      if part.all(CodePoint.isDigit), let number = Int(part.string) { return .int(number) }
      return key(part)
    }
  }

  func value(of item: Value, _ render: Render) throws(TemplateError) -> Value {
    var item = item
    for part in parts {
      item = try render.item(item, part)
      if let fallback, item.isUndefined { item = fallback }
    }
    return foldsCase ? CaseFolding.folded(item) : item
  }

  /// The paths of a list such as `last,first`; each gives one value.
  static func several(_ attribute: Value?, foldsCase: Bool) -> [AttributePath] {
    guard let attribute, let text = attribute.text else {
      return [AttributePath(attribute, foldsCase: foldsCase)]
    }
    return text.split(by: ",").map { part in
      AttributePath(attribute.isMarkup ? .markup(part) : .string(part), foldsCase: foldsCase)
    }
  }
}

/// Texts in lower case for comparing, anything else as it is.
enum CaseFolding {
  static func folded(_ value: Value) -> Value {
    switch value {
    case .string(let text): .string(text.lowered())
    case .markup(let text): .markup(text.lowered())
    default: value
    }
  }
}
