import BigInt

extension Render {
  /// `format(x, spec)`.
  func format(_ value: Value, _ specification: Text) throws(TemplateError) -> Text {
    if specification.isEmpty { return try str(value) }
    switch value {
    case .string(let text), .markup(let text):
      return try FormatSpecification(specification, for: value.typeName, isText: true)
        .apply(to: text)
    case .bool, .int, .bigInt:
      guard let integer = value.bigInteger else { break }
      return try FormatSpecification(specification, for: value.typeName)
        .apply(to: integer)
    case .float(let number):
      return try FormatSpecification(specification, for: "float").apply(to: number)
    case .undefined:
      // `object.__format__` is looked up on the class, which has none of its own.
      break
    default: break
    }
    throw .type("unsupported format string passed to \(value.typeName).__format__")
  }
}
