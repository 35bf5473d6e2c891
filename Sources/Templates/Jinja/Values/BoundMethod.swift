/// A method of a builtin value before it is called: `'a'.upper`.
package final class BoundMethod: ValueObject {
  let name: Text
  let receiver: Value
  let function: TemplateLibrary.ValueFunction

  package init(name: Text, receiver: Value, function: @escaping TemplateLibrary.ValueFunction) {
    self.name = name
    self.receiver = receiver
    self.function = function
  }

  /// The methods that markupsafe writes in Python.
  private static let markupMethods: Set<Text> = [
    "__html__", "capitalize", "casefold", "center", "expandtabs", "format", "format_map", "join",
    "ljust", "lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rjust",
    "rpartition", "rsplit", "rstrip", "split", "splitlines", "strip", "striptags", "swapcase",
    "title", "translate", "unescape", "upper", "zfill",
  ]

  package var typeName: String { receiver.isMarkup ? "method" : "builtin_function_or_method" }
  package var isCallable: Bool { true }

  package func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    try function(receiver, arguments, render)
  }

  package func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    name == "__name__" ? .string(self.name) : nil
  }

  package func repr(_ render: Render) throws(TemplateError) -> Text {
    if receiver.isMarkup, Self.markupMethods.contains(name) {
      return Text("<bound method Markup.\(name) of ") + (try render.repr(receiver)) + ">"
    }
    let address = UInt(bitPattern: ObjectIdentifier(self).hashValue)
    return Text(
      "<built-in method \(name) of \(receiver.typeName) object at 0x\(String(address, radix: 16))>")
  }
}
