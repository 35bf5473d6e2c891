/// A place in a template: its line as Jinja2 counts it, and the byte of the normalised source.
package struct Position: Sendable, Hashable {
  package var line: Int32
  package var offset: Int32

  static let start = Position(line: 1, offset: 0)
}

/// A piece of a template's source.
struct Token: Sendable {
  var kind: Kind
  var position: Position
  /// The byte behind the token.
  var end: Int32
  /// Which word a name is, if Jinja2's grammar knows it.
  var keyword = Keyword.other

  /// Token types; the raw value is how Jinja2's messages describe them.
  enum Kind: String, Sendable {
    case data = "template data / text"
    case variableBegin = "begin of print statement"
    case variableEnd = "end of print statement"
    case blockBegin = "begin of statement block"
    case blockEnd = "end of statement block"
    case name
    case string
    case integer
    case float
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case floorDivide = "//"
    case modulo = "%"
    case power = "**"
    case tilde = "~"
    case leftBracket = "["
    case rightBracket = "]"
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBrace = "{"
    case rightBrace = "}"
    case equal = "=="
    case notEqual = "!="
    case greater = ">"
    case greaterOrEqual = ">="
    case less = "<"
    case lessOrEqual = "<="
    case assign = "="
    case dot = "."
    case colon = ":"
    case pipe = "|"
    case comma = ","
    case semicolon = ";"
    case end = "end of template"
  }
}

/// The names that mean something to the grammar.
enum Keyword: String, Sendable, CaseIterable {
  case other = ""
  case `if`, elif, `else`, endif, `for`, endfor, `in`, recursive, block, endblock, scoped, required
  case extends, print, macro, endmacro, include, ignore, missing, from, `import`, `as`, set, endset
  case with, endwith, without, context, autoescape, endautoescape, call, endcall, filter, endfilter
  case not, and, or, `is`, `do`, `break`, `continue`
  case trans, pluralize, endtrans
  case `true`, `false`, none
  case capitalTrue = "True"
  case capitalFalse = "False"
  case capitalNone = "None"

  /// Fourteen bytes and the length, as two numbers.
  private struct Spelling: Equatable {
    var start: UInt64 = 0
    var rest: UInt64

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      rest = UInt64(bytes.count)
      for index in 0..<min(bytes.count, 8) { start = start << 8 | UInt64(bytes[index]) }
      for index in 8..<max(bytes.count, 8) { rest = rest << 8 | UInt64(bytes[index]) }
    }
  }

  private static let spellings: [(spelling: Spelling, keyword: Keyword)] = allCases.compactMap {
    keyword in
    let bytes = Array(keyword.rawValue.utf8)
    return bytes.isEmpty ? nil : (bytes.withUnsafeBufferPointer { Spelling($0) }, keyword)
  }
  private static let names = NameFilter(allCases.lazy.map { Text($0.rawValue) })

  /// Which keyword some bytes are.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>) -> Keyword {
    guard bytes.count < 14, names.mayContain(bytes) else { return .other }
    let spelling = Spelling(bytes)
    for candidate in spellings where candidate.spelling == spelling { return candidate.keyword }
    return .other
  }
}
