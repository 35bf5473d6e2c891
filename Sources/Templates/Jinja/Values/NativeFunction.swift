/// A function of ours as a value: a global such as `range`, or what a filter returns to be called.
package final class NativeFunction: ValueObject {
  let name: Text
  /// The object whose method it is, and the name of the class; nil for a function.
  let owner: (className: String, object: any ValueObject)?
  let function: (Arguments, Render) throws(TemplateError) -> Value

  package init(
    name: Text, of owner: (className: String, object: any ValueObject)? = nil,
    _ function: @escaping (Arguments, Render) throws(TemplateError) -> Value
  ) {
    self.name = name
    self.owner = owner
    self.function = function
  }

  package var typeName: String { owner == nil ? "function" : "method" }
  package var isCallable: Bool { true }

  package func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    try function(arguments, render)
  }

  package func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    name == "__name__" || name == "__qualname__" ? .string(self.name) : nil
  }

  package func repr(_ render: Render) throws(TemplateError) -> Text {
    if let (className, object) = owner {
      return Text("<bound method \(className).\(name) of ") + (try object.repr(render)) + ">"
    }
    let address = UInt(bitPattern: ObjectIdentifier(self).hashValue)
    return Text("<function \(name) at 0x\(String(address, radix: 16))>")
  }
}
