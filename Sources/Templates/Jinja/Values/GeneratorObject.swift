/// A Python generator: iterated once, printed as `<generator object NAME at 0x…>`.
package final class GeneratorObject: ValueObject {
  let name: String
  let source: ValueIterator

  /// - Parameter name: the qualified name that Python shows, such as `sync_do_map`.
  package init(name: String, _ source: ValueIterator) {
    self.name = name
    self.source = source
  }

  package convenience init(
    name: String, next: @escaping () throws(TemplateError) -> Value?
  ) {
    self.init(name: name, FunctionIterator(next))
  }

  package var typeName: String { "generator" }

  package func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? { source }

  package var plainRepr: String {
    let address = UInt(bitPattern: ObjectIdentifier(self).hashValue)
    return "<generator object \(name) at 0x\(String(address, radix: 16))>"
  }
}
