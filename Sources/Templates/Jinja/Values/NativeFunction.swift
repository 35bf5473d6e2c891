/// A function of ours as a value: a global such as `range`, or what a filter returns to be called.
package final class NativeFunction: ValueObject {
  let name: Text
  let function: (Arguments, Render) throws(TemplateError) -> Value

  package init(
    name: Text, _ function: @escaping (Arguments, Render) throws(TemplateError) -> Value
  ) {
    self.name = name
    self.function = function
  }

  package var typeName: String { "function" }
  package var isCallable: Bool { true }

  package func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    try function(arguments, render)
  }

  package func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    name == "__name__" || name == "__qualname__" ? .string(self.name) : nil
  }

  package func repr(_ render: Render) throws(TemplateError) -> Text {
    let address = UInt(bitPattern: ObjectIdentifier(self).hashValue)
    return Text("<function \(name) at 0x\(String(address, radix: 16))>")
  }
}
