/// A Python `slice` as a value: what stands between brackets with others, `a[1:2, 3]`.
final class SliceObject: ValueObject {
  let start: Value
  let stop: Value
  let step: Value

  init(_ start: Value, _ stop: Value, _ step: Value) {
    self.start = start
    self.stop = stop
    self.step = step
  }

  var typeName: String { "slice" }
  var isHashable: Bool { false }
  var plainRepr: String {
    let parts = [start, stop, step].map { Printing.plainRepr($0) }
    return "slice(\(parts.joined(separator: ", ")))"
  }

  func repr(_ render: Render) throws(TemplateError) -> Text { Text(plainRepr) }

  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? {
    switch name {
    case "start": start
    case "stop": stop
    case "step": step
    default: nil
    }
  }
}
