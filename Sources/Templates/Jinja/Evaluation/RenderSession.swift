/// The live variables of several renders on one thread: what one template changes in a list or dict, the next one sees.
package final class RenderSession {
  package let context: TemplateContext
  private var live: [Text: Value] = [:]

  package init(_ context: TemplateContext) { self.context = context }

  /// A variable's live value; made when it is first asked for.
  package func variable(_ name: Text) -> Value? {
    if let value = live[name] { return value }
    guard let value = context[name]?.value() else { return nil }
    live[name] = value
    return value
  }

  /// Gives a variable a live value.
  package func set(_ name: Text, _ value: Value) { live[name] = value }
}
