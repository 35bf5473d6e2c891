import Patterns
import Formats
import Platform
import Python

/// A question about one node of a syntax tree, as a rule's `match` asks it.
package indirect enum PythonQuery: Sendable {
  /// A call of one of these names.
  case call([NamePattern])
  /// A call without any of these keyword arguments; one with `**` may have them.
  case lacks([String])
  /// A call with this keyword argument, whose value answers a question.
  case keyword(String, PythonQuery)
  /// A call with a positional argument that answers a question: at a place, or at any.
  case argument(Int?, PythonQuery)
  case name([NamePattern])
  case attribute([NamePattern])
  /// An import of one of these modules, or of a name of one.
  case importing([NamePattern])
  case definition(DefinitionQuery)
  case classDefinition(DefinitionQuery)
  /// A handler of one of these exceptions; of all, when empty.
  case except([NamePattern])
  /// A parameter whose default answers a question.
  case defaultValue(PythonQuery)
  /// A comparison with one of these operators, of which a side answers a question.
  case compare([String], PythonQuery?)
  case string(StringQuery)
  case decorator([NamePattern])
  case kind([NodeKind])
  case pattern(CodePattern)
  case all([PythonQuery])
  case any([PythonQuery])
  case not(PythonQuery)
  /// A node around it answers.
  case inside(PythonQuery)
  /// A node in it answers.
  case has(PythonQuery)
  /// A statement before its own, in the same block, has a node that answers.
  case follows(PythonQuery)

  /// The kinds of node that can answer; nil when any might.
  var kinds: Set<NodeKind>? {
    switch self {
    case .call, .lacks, .keyword, .argument: [.call]
    case .name: [.name]
    case .attribute: [.attribute]
    case .importing: [.importStatement, .importFrom]
    case .definition: [.functionDef]
    case .classDefinition: [.classDef]
    case .except: [.exceptHandler]
    case .defaultValue: [.parameter]
    case .compare: [.compare]
    case .string: [.string, .bytes, .joinedString]
    case .decorator: [.decorator]
    case .kind(let kinds): Set(kinds)
    case .pattern(let pattern): pattern.kind.map { [$0] }
    case .all(let queries):
      queries.compactMap(\.kinds).reduce(nil as Set<NodeKind>?) {
        $0?.intersection($1) ?? $1
      }
    case .any(let queries):
      queries.reduce([] as Set<NodeKind>?) { known, query in
        guard let known, let own = query.kinds else { return nil }
        return known.union(own)
      }
    case .not, .inside, .has, .follows: nil
    }
  }
}

/// What a `def` or a `class` is asked for; what is nil does not matter.
package struct DefinitionQuery: Sendable {
  var names: [NamePattern]?
  var isPublic: Bool?
  var hasDocstring: Bool?
  var returns: Bool?
  /// Whether all parameters have types.
  var areTyped: Bool?
  var parameter: [NamePattern]?
  var base: [NamePattern]?
  var minimum: Int?
}

/// What a string is asked for.
package struct StringQuery: Sendable {
  var texts: [String] = []
  var prefixes: [String] = []
  var parts: [String] = []
  var expressions: [TextPattern] = []

  func matches(_ text: String, _ matchers: PatternMatchers) -> Bool {
    texts.contains(text) || prefixes.contains { text.hasPrefix($0) }
      || parts.contains { text.contains($0) }
      || expressions.contains { $0.matches(text, matchers) }
  }
}
