/// An iterator of one of Python's own classes, such as `list_reverseiterator`.
final class IteratorObject: ValueObject {
  let typeName: String
  private let source: ValueIterator

  init(_ typeName: String, _ source: ValueIterator) {
    self.typeName = typeName
    self.source = source
  }

  func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? { source }
}
