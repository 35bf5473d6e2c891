/// A tag with its body, or text and values to write.
package indirect enum Statement: Sendable {
  case output([OutputPart], Position)
  case assign(target: Expression, value: Expression, Position)
  case assignBlock(target: Expression, filter: Expression?, body: [Statement], Position)
  case loop(LoopStatement)
  case conditional([Branch], else: [Statement], Position)
  case with(targets: [Expression], values: [Expression], body: [Statement], Position)
  case autoescape(Expression, body: [Statement], Position)
  case block(BlockStatement)
  case extends(Expression, Position)
  case include(Expression, ignoresMissing: Bool, withContext: Bool, Position)
  case importModule(Expression, target: Text, withContext: Bool, Position)
  case importNames(Expression, [ImportedName], withContext: Bool, Position)
  case macro(name: Text, MacroStatement)
  case callBlock(Expression, MacroStatement)
  case filterBlock(Expression, body: [Statement], Position)
  case evaluate(Expression, Position)
  case `break`(Position)
  case `continue`(Position)
  case custom(String, [Expression], Position)
}

/// Text, or a value to print.
package enum OutputPart: Sendable {
  case data(ArraySlice<UInt8>, Position)
  case value(Expression)
}

/// A test and what is done when it holds.
package struct Branch: Sendable {
  var test: Expression
  var body: [Statement]
  var position: Position
}

/// `{% for %}`.
package struct LoopStatement: Sendable {
  var target: Expression
  var source: Expression
  var test: Expression?
  var isRecursive: Bool
  var body: [Statement]
  var otherwise: [Statement]
  var position: Position
}

/// `{% block %}`.
package struct BlockStatement: Sendable {
  var name: Text
  var isScoped: Bool
  var isRequired: Bool
  var body: [Statement]
  var position: Position
}

/// The parameters and the body of a macro or a call block.
package struct MacroStatement: Sendable {
  var parameters: [Text] = []
  /// Of the last parameters.
  var defaults: [Expression] = []
  var body: [Statement] = []
  var position: Position
}

/// A name in `{% from x import name as alias %}`.
package struct ImportedName: Sendable {
  var name: Text
  var alias: Text
}
