/// A value with behaviour of its own: namespace, loop, macro, cycler, joiner, module, bound method, generator, …
///
/// Everything has a default that does what a plain Python object would.
package protocol ValueObject: AnyObject {
  /// `type(x).__name__`.
  var typeName: String { get }
  /// The class with its module as Jinja2's messages show it (`jinja2.utils.Cycler`); a builtin one has no module.
  var qualifiedTypeName: String { get }
  /// `getattr(x, name)`; nil where Python raises `AttributeError`.
  func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value?
  /// `x[key]`; nil where the class has no such item (`LookupError`) or no items at all.
  func item(_ key: Value, _ render: Render) throws(TemplateError) -> Value?
  /// Whether `callable(x)` holds.
  var isCallable: Bool { get }
  func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value
  /// `iter(x)`; nil when it cannot be iterated.
  func iterator(_ render: Render) throws(TemplateError) -> ValueIterator?
  /// `len(x)`; nil when it has none.
  func length(_ render: Render) throws(TemplateError) -> Int?
  /// `key in x`; nil to look through ``iterator(_:)``.
  func contains(_ key: Value, _ render: Render) throws(TemplateError) -> Bool?
  /// `bool(x)`.
  func truth(_ render: Render) throws(TemplateError) -> Bool
  func str(_ render: Render) throws(TemplateError) -> Text
  func repr(_ render: Render) throws(TemplateError) -> Text
  /// `repr` where no render is at hand, as in messages.
  var plainRepr: String { get }
  /// `x.__html__()`; nil when it has none.
  func html(_ render: Render) throws(TemplateError) -> Text?
  /// `x == other`.
  func equals(_ other: Value) -> Bool
  /// Agrees with ``equals(_:)``.
  func hash(into hasher: inout Hasher)
  /// Negative, 0, positive for `x < other`, equal, greater; nil when they have no order.
  func order(_ other: Value) -> Int?
  /// `x < other` and so on; nil when they have no order.
  func compares(_ order: Comparison.Order, _ other: Value) -> Bool?
  /// Whether it may be a key.
  var isHashable: Bool { get }
  /// Whether it counts as a `collections.abc.Mapping` (for the `mapping` test).
  var isMapping: Bool { get }
}

extension ValueObject {
  package var qualifiedTypeName: String { typeName }
  package func attribute(_ name: Text, _ render: Render) throws(TemplateError) -> Value? { nil }
  package func item(_ key: Value, _ render: Render) throws(TemplateError) -> Value? { nil }
  package var isCallable: Bool { false }
  package func call(_ arguments: Arguments, _ render: Render) throws(TemplateError) -> Value {
    throw .type("'\(typeName)' object is not callable")
  }
  package func iterator(_ render: Render) throws(TemplateError) -> ValueIterator? { nil }
  package func length(_ render: Render) throws(TemplateError) -> Int? { nil }
  package func contains(_ key: Value, _ render: Render) throws(TemplateError) -> Bool? { nil }
  package func truth(_ render: Render) throws(TemplateError) -> Bool {
    if let length = try length(render) { return length != 0 }
    return true
  }
  package func str(_ render: Render) throws(TemplateError) -> Text { try repr(render) }
  package func repr(_ render: Render) throws(TemplateError) -> Text {
    Text(plainRepr)
  }
  package var plainRepr: String {
    let address = UInt(bitPattern: ObjectIdentifier(self).hashValue)
    return "<\(qualifiedTypeName) object at 0x\(String(address, radix: 16))>"
  }
  package func html(_ render: Render) throws(TemplateError) -> Text? { nil }
  package func equals(_ other: Value) -> Bool {
    if case .object(let other) = other { other === self } else { false }
  }
  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
  package func order(_ other: Value) -> Int? { nil }
  package func compares(_ order: Comparison.Order, _ other: Value) -> Bool? {
    self.order(other).map { order.fits($0) }
  }
  package var isHashable: Bool { true }
  package var isMapping: Bool { false }
}
