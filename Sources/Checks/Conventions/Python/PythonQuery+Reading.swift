import Formats
import Platform
import Python

extension PythonQuery {
  private static let forms = [
    "call", "lacks", "keyword", "argument", "name", "attribute", "import", "def", "class",
    "except", "default", "compare", "string", "decorator", "is", "pattern", "all", "any", "not",
    "inside", "has", "follows",
  ]

  /// Reads a `match`: several forms in one mapping must all be so.
  init(_ node: YAMLNode) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: Self.forms)
    var queries: [PythonQuery] = []
    for key in fields.keys {
      guard let value = fields[key] else { continue }
      queries.append(try Self.form(key, value))
    }
    guard let first = queries.first else { throw node.failure("`match` asks for nothing") }
    self = queries.count == 1 ? first : .all(queries)
  }

  private static func form(_ key: String, _ value: YAMLNode) throws(ParseFailure) -> PythonQuery {
    func patterns() throws(ParseFailure) -> [NamePattern] {
      try value.texts(key).map { NamePattern($0) }
    }
    func list() throws(ParseFailure) -> [PythonQuery] {
      guard let items = value.items else { throw value.failure("`\(key)` is a list of matches") }
      var queries: [PythonQuery] = []
      for item in items { queries.append(try PythonQuery(item)) }
      return queries
    }
    switch key {
    case "call": return .call(try patterns())
    case "lacks": return .lacks(try value.texts(key))
    case "keyword", "argument":
      var queries: [PythonQuery] = []
      guard let pairs = value.pairs, !pairs.isEmpty else {
        throw value.failure("`\(key)` names arguments and what they are")
      }
      for pair in pairs {
        let name = pair.key.text ?? ""
        let query = try PythonQuery(pair.value)
        if key == "keyword" {
          queries.append(.keyword(name, query))
        } else {
          guard name == "any" || Int(name).map({ $0 >= 0 }) == true else {
            throw pair.key.failure("an argument is named by its place from 0, or `any`")
          }
          queries.append(.argument(Int(name), query))
        }
      }
      return .all(queries)
    case "name": return .name(try patterns())
    case "attribute": return .attribute(try patterns())
    case "import": return .importing(try patterns())
    case "def": return .definition(try DefinitionQuery(value, isClass: false))
    case "class": return .classDefinition(try DefinitionQuery(value, isClass: true))
    case "except": return .except(try patterns())
    case "default": return .defaultValue(try PythonQuery(value))
    case "compare":
      let fields = try RuleFields(value, "`compare`", known: ["operator", "with"])
      let known = ["==", "!=", "<", "<=", ">", ">=", "is", "is not", "in", "not in"]
      let operators = try fields.texts("operator") ?? []
      for name in operators where !known.contains(name) {
        throw fields["operator"]!.failure("`\(name)` does not compare")
      }
      var with: PythonQuery?
      if let node = fields["with"] { with = try PythonQuery(node) }
      return .compare(operators, with)
    case "string": return .string(try StringQuery(value))
    case "decorator": return .decorator(try patterns())
    case "is":
      var kinds: [NodeKind] = []
      for name in try value.texts(key) {
        guard let kind = NodeKind.named(name) else {
          throw value.failure("there is no kind of node called `\(name)`")
        }
        kinds.append(kind)
      }
      return .kind(kinds)
    case "pattern":
      guard let text = value.text else { throw value.failure("`pattern` is a text of Python") }
      guard let pattern = CodePattern(text) else {
        throw value.failure("`\(text)` is not one expression or statement of Python")
      }
      return .pattern(pattern)
    case "all": return .all(try list())
    case "any": return .any(try list())
    case "not": return .not(try PythonQuery(value))
    case "inside": return .inside(try PythonQuery(value))
    case "has": return .has(try PythonQuery(value))
    default: return .follows(try PythonQuery(value))
    }
  }
}

extension NodeKind {
  /// The kind that a rule calls by its Swift name, or by the one that Python's `ast` has: `dict`, `Dict`.
  static func named(_ name: String) -> NodeKind? { byName[name.lowercased()] }

  private static let byName = Dictionary(
    allCases.map { ("\($0)".lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
}

extension DefinitionQuery {
  init(_ node: YAMLNode, isClass: Bool) throws(ParseFailure) {
    let known =
      isClass
      ? ["name", "public", "docstring", "base"]
      : ["name", "public", "docstring", "returns", "typed", "parameter", "parameters-over"]
    let fields = try RuleFields(node, isClass ? "`class`" : "`def`", known: known)
    names = try fields.texts("name")?.map { NamePattern($0) }
    isPublic = try fields.bool("public")
    hasDocstring = try fields.bool("docstring")
    if isClass {
      base = try fields.texts("base")?.map { NamePattern($0) }
    } else {
      returns = try fields.bool("returns")
      areTyped = try fields.bool("typed")
      parameter = try fields.texts("parameter")?.map { NamePattern($0) }
      minimum = try fields.int("parameters-over")
    }
  }
}

extension StringQuery {
  init(_ node: YAMLNode) throws(ParseFailure) {
    if let text = node.text {
      texts = [text]
      return
    }
    let fields = try RuleFields(
      node, "`string`", known: ["equals", "starts", "contains", "matches"])
    texts = try fields.texts("equals") ?? []
    prefixes = try fields.texts("starts") ?? []
    parts = try fields.texts("contains") ?? []
    for text in try fields.texts("matches") ?? [] {
      expressions.append(try TextPattern(text, at: fields["matches"] ?? node))
    }
  }
}
