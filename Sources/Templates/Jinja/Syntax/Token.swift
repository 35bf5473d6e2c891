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
  case `true`, `false`, none
  case capitalTrue = "True"
  case capitalFalse = "False"
  case capitalNone = "None"

  private static let byLength: [[(bytes: [UInt8], keyword: Keyword)]] = {
    var lists = [[(bytes: [UInt8], keyword: Keyword)]](repeating: [], count: 14)
    for keyword in allCases where keyword != .other {
      lists[keyword.rawValue.utf8.count].append((Array(keyword.rawValue.utf8), keyword))
    }
    return lists
  }()

  /// Which keyword some bytes of a buffer are.
  static func find(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> Keyword {
    let length = end - start
    guard length < 14 else { return .other }
    candidates: for candidate in byLength[length] {
      for index in 0..<length where candidate.bytes[index] != bytes[start + index] {
        continue candidates
      }
      return candidate.keyword
    }
    return .other
  }
}
