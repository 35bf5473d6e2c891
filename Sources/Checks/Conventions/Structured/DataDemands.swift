import Formats
import Patterns
import Platform

/// What a rule asks of the values that its path leads to. A demand that is about another type than the value's is met:
/// `type` is what asks for the type.
struct DataDemands: Sendable {
  /// Keys that are there; of an inner list, one of them at least.
  private var required: [[String]] = []
  private var forbidden: [NamePattern] = []
  /// The only keys that may be there.
  private var known: [NamePattern]?
  private var types: [DataType] = []
  private var choices: [String]?
  private var regex: TextPattern?
  private var notRegex: TextPattern?
  private var minimum: Double?
  private var maximum: Double?
  private var minItems: Int?
  private var maxItems: Int?
  private var isUnique = false
  /// The key by which items are told apart.
  private var uniqueKey: String?

  static let keys = [
    "require", "forbid", "known", "type", "one-of", "regex", "not-regex", "minimum", "maximum",
    "min-items", "max-items", "unique",
  ]

  init(_ fields: RuleFields) throws(ParseFailure) {
    if let node = fields["require"] {
      for item in node.items ?? [node] { required.append(try item.texts("require")) }
    }
    forbidden = (try fields.texts("forbid") ?? []).map(NamePattern.init)
    known = try fields.texts("known").map { $0.map(NamePattern.init) }
    for name in try fields.texts("type") ?? [] {
      guard let type = DataType(rawValue: name) else {
        throw fields["type"]!.failure(
          "`\(name)` is no type",
          hint: "known: " + DataType.allCases.map(\.rawValue).joined(separator: ", "))
      }
      types.append(type)
    }
    choices = try fields.texts("one-of")
    regex = try Self.pattern("regex", fields)
    notRegex = try Self.pattern("not-regex", fields)
    minimum = try fields.number("minimum")
    maximum = try fields.number("maximum")
    minItems = try fields.int("min-items")
    maxItems = try fields.int("max-items")
    if let node = fields["unique"] {
      if let bool = try? node.value().bool { isUnique = bool } else { uniqueKey = node.text }
    }
  }

  private static func pattern(
    _ key: String, _ fields: RuleFields
  ) throws(ParseFailure) -> TextPattern? {
    guard let text = try fields.text(key), let node = fields[key] else { return nil }
    return try TextPattern(text, at: node)
  }

  /// Tells which demands a value does not meet, and where.
  ///
  /// - Parameter report: gets the demand's name, the place, and what `{wanted}` and `{key}` stand for.
  func check(
    _ target: DataPath.Target, _ matchers: PatternMatchers,
    _ report: (String, Range<Int>, [String: String]) -> Void
  ) {
    let node = target.node
    if !types.isEmpty, !types.contains(node.type),
      !(node.type == .integer && types.contains(.number))
    {
      report("type", node.range, ["wanted": types.map(\.rawValue).joined(separator: " or ")])
    }
    if let members = node.members { checkKeys(members, target, report) }
    if let items = node.items { checkItems(items, node.range, report) }
    checkScalar(node, matchers, report)
  }

  private func checkKeys(
    _ members: [DataNode.Member], _ target: DataPath.Target,
    _ report: (String, Range<Int>, [String: String]) -> Void
  ) {
    // What a merge (`<<`) brings in may be what is asked for.
    let isOpen = members.contains { $0.key == "<<" }
    for names in required where !isOpen {
      guard !names.contains(where: { name in members.contains { $0.key == name } }) else {
        continue
      }
      let wanted = names.map { "`\($0)`" }.joined(separator: " or ")
      report("require", target.keyRange ?? target.node.range, ["wanted": wanted, "key": names[0]])
    }
    for member in members {
      let name = member.key
      if forbidden.contains(where: { $0.matches(name) }) {
        report("forbid", member.keyRange, ["key": name])
      }
      if let known, name != "<<", !known.contains(where: { $0.matches(name) }) {
        report(
          "known", member.keyRange,
          ["key": name, "wanted": known.map(\.text).joined(separator: ", ")])
      }
    }
  }

  private func checkItems(
    _ items: [DataNode], _ range: Range<Int>,
    _ report: (String, Range<Int>, [String: String]) -> Void
  ) {
    if let minItems, items.count < minItems {
      report("min-items", range, ["wanted": String(minItems)])
    }
    if let maxItems, items.count > maxItems {
      report("max-items", range, ["wanted": String(maxItems)])
    }
    guard isUnique || uniqueKey != nil else { return }
    var seen: Set<String> = []
    for item in items {
      guard let value = uniqueKey == nil ? item : item[uniqueKey ?? ""] else { continue }
      guard value.members == nil, value.items == nil else { continue }
      if !seen.insert("\(value.type) \(value.text)").inserted {
        report("unique", value.range, ["wanted": value.text, "value": value.text])
      }
    }
  }

  private func checkScalar(
    _ node: DataNode, _ matchers: PatternMatchers,
    _ report: (String, Range<Int>, [String: String]) -> Void
  ) {
    guard node.members == nil, node.items == nil else { return }
    if let choices, !choices.contains(node.text) {
      report("one-of", node.range, ["wanted": choices.joined(separator: ", ")])
    }
    if case .text(let text) = node.content {
      if let regex, !regex.matches(text, matchers) { report("regex", node.range, [:]) }
      if let notRegex, notRegex.matches(text, matchers) { report("not-regex", node.range, [:]) }
    }
    guard let number = node.number else { return }
    if let minimum, number < minimum {
      report("minimum", node.range, ["wanted": Self.short(minimum)])
    }
    if let maximum, number > maximum {
      report("maximum", node.range, ["wanted": Self.short(maximum)])
    }
  }

  private static func short(_ number: Double) -> String {
    Int64(exactly: number).map(String.init) ?? "\(number)"
  }
}
