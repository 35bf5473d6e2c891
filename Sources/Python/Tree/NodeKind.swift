/// What a node of the tree is. The names are those of Python's `ast` module, written as Swift writes them, and a few
/// helpers that hold together what `ast` keeps in lists.
///
/// The comments name the children in source order, which is the order they are stored in.
package enum NodeKind: UInt8, Sendable, CaseIterable {
  /// Statements.
  case module
  /// The statements of a block: of `if`, of its `else`, of a function…
  case suite
  /// A logical line that is not Python; the statements of the block it may have begun.
  case invalid

  // Statements
  /// decorator*, typeParameters?, parameters, returns?, suite
  case functionDef
  /// decorator*, typeParameters?, (argument | starred | keyword)*, suite
  case classDef
  /// value?
  case returnStatement
  /// targets
  case delete
  /// targets, value
  case assign
  /// target, value; `detail` is the operator
  case augmentedAssign
  /// target, annotation, value?
  case annotatedAssign
  /// name, typeParameters?, value
  case typeAlias
  /// target, iterable, suite, else suite?
  case forLoop
  /// test, suite, else suite?
  case whileLoop
  /// test, suite, else suite?; the else suite of `elif` holds one `ifStatement` that is marked `isElif`
  case ifStatement
  /// withItem+, suite
  case with
  /// subject, matchCase+
  case match
  /// exception?, cause?
  case raise
  /// suite, exceptHandler*, else suite?, finally suite?
  case tryStatement
  /// test, message?
  case assert
  /// alias+
  case importStatement
  /// moduleName?, alias+; `data` is the relative level
  case importFrom
  /// identifier+
  case global, nonlocal
  /// value
  case expressionStatement
  case pass, breakStatement, continueStatement

  // Parts of statements
  /// expression
  case decorator
  /// typeVar | paramSpec | typeVarTuple
  case typeParameters
  /// bound?, default?; the name is `data`
  case typeVar
  /// default?
  case paramSpec, typeVarTuple
  /// parameter*
  case parameters
  /// annotation?, default?; `detail` is a `ParameterKind`
  case parameter
  /// type?, suite; the name is `data`
  case exceptHandler
  /// context, target?
  case withItem
  /// pattern, guard?, suite
  case matchCase
  /// A name that is imported, `*` included.
  case alias
  /// The dotted name behind `from`.
  case moduleName
  /// A name of `global` and `nonlocal`.
  case identifier
  /// value; without a name it is `**value`
  case keyword
  /// target, iterable, condition*
  case comprehension

  // Expressions
  case name
  case number
  /// One string, or several that stand side by side.
  case string
  case bytes
  case trueConstant, falseConstant, noneConstant, ellipsis
  /// (string | stringPart | formattedValue)*: an f-string, or strings side by side of which one is.
  case joinedString
  /// The same with t-strings.
  case templateString
  /// Literal text of an f-string.
  case stringPart
  /// expression, formatSpec?; `detail` is the conversion's letter or zero
  case formattedValue
  /// (stringPart | formattedValue)*
  case formatSpec
  /// values; `detail` is `andKeyword` or `orKeyword`
  case booleanOperation
  /// name, value
  case namedExpression
  /// left, right; `detail` is the operator
  case binaryOperation
  /// operand; `detail` is the operator
  case unaryOperation
  /// parameters, body
  case lambda
  /// body, test, orElse
  case conditional
  /// (key, value | doubleStarred)*
  case dict
  /// value
  case doubleStarred
  case set
  /// element, comprehension+
  case listComprehension, setComprehension
  /// key, value, comprehension+
  case dictComprehension
  /// element, comprehension+
  case generator
  /// value
  case await
  /// value?
  case yield
  /// value
  case yieldFrom
  /// left, right+; the operators are `Tree.compareOperators(of:)`
  case compare
  /// function, (argument | starred | keyword)*
  case call
  /// value; the name is the last token
  case attribute
  /// value, index
  case subscriptExpression
  /// value
  case starred
  case list, tuple
  /// lower?, upper?, step?
  case slice

  // Patterns
  /// expression
  case matchValue
  case matchSingleton
  case matchSequence
  /// (key, pattern)*; the name behind `**` is `data`
  case matchMapping
  /// class, (pattern | keywordPattern)*
  case matchClass
  /// pattern
  case keywordPattern
  case matchStar
  /// pattern?; without a name it is `_`
  case matchAs
  case matchOr

  package var isStatement: Bool {
    rawValue >= NodeKind.functionDef.rawValue && rawValue <= NodeKind.continueStatement.rawValue
  }

  package var isExpression: Bool {
    rawValue >= NodeKind.name.rawValue && rawValue <= NodeKind.slice.rawValue
  }

  package var isPattern: Bool { rawValue >= NodeKind.matchValue.rawValue }
}
