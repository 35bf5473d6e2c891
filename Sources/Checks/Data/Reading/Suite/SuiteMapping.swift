import Formats
import Platform

/// The keys of a mapping of a suite, in their order, each once.
struct SuiteMapping: Sendable {
  struct Field: Sendable {
    var key: String
    /// Of the key, in characters of the file.
    var offset: Int
    var value: YAMLNode
  }

  /// Of the mapping, in characters of the file.
  let offset: Int
  fileprivate(set) var fields: [Field] = []

  subscript(key: String) -> YAMLNode? { fields.first { $0.key == key }?.value }
}

extension SuiteReader {
  /// Reads the keys of a mapping; those that are there twice are noted as problems.
  ///
  /// `<<` brings in the keys of other mappings, which the mapping's own come before, as YAML 1.1 has it.
  mutating func mapping(_ node: YAMLNode, _ what: String) throws(SuiteProblem) -> SuiteMapping {
    guard let pairs = node.pairs else {
      throw SuiteProblem(
        "\(what) is a mapping, not \(node.noun)", at: node.mark.offset,
        hint: "write `key: value` lines")
    }
    var mapping = SuiteMapping(offset: node.mark.offset)
    var places: [String: Int] = [:]
    for pair in pairs where !pair.key.isMerge {
      guard let key = pair.key.text else {
        note(SuiteProblem("a key that is no text", at: pair.key.mark.offset))
        continue
      }
      let field = SuiteMapping.Field(
        key: key, offset: pair.key.mark.offset, value: pair.value)
      if let place = places[key] {
        let line = source.location(mapping.fields[place].offset).line ?? 0
        note(
          SuiteProblem(
            "`\(SuiteCursor.shortened(key))` is in \(what) twice", at: field.offset,
            hint: "it stands in line \(line) already"))
      } else {
        places[key] = mapping.fields.count
        mapping.fields.append(field)
      }
    }
    for pair in pairs where pair.key.isMerge {
      for source in pair.value.items ?? [pair.value] {
        let merged = try self.mapping(source, "what `<<` merges")
        for field in merged.fields where places[field.key] == nil {
          places[field.key] = mapping.fields.count
          mapping.fields.append(field)
        }
      }
    }
    return mapping
  }

  /// Notes the keys that are none of the known ones.
  mutating func refuseUnknown(
    _ mapping: SuiteMapping, known: [String], _ what: String
  ) {
    for field in mapping.fields where !known.contains(field.key) {
      let near = nearestKey(field.key, known)
      note(
        SuiteProblem(
          "\(what) has no key `\(SuiteCursor.shortened(field.key))`", at: field.offset,
          hint: near.map { "did you mean `\($0)`?" }
            ?? "keys are " + SuiteCursor.choices(known.map { "`\($0)`" })))
    }
  }
}

extension YAMLNode {
  /// The key `<<` that merges other mappings.
  fileprivate var isMerge: Bool {
    if case .scalar("<<", .plain) = content { true } else { false }
  }

  /// As messages call it.
  var noun: String {
    switch content {
    case .scalar("", .plain): "nothing"
    case .scalar: "a text"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }

  /// Whether it is a value that YAML takes for nothing.
  var isNothing: Bool {
    if case .scalar(let text, .plain) = content { ["", "~", "null"].contains(text) } else { false }
  }
}
