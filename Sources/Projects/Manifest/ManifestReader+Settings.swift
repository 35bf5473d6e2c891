import Formats
import Platform

extension ManifestReader {
  /// The keys of a trainer's entry point that are not the entry point's own. Whether the trainer
  /// knows them is not known here.
  func readSettings(_ section: Section, except known: [String]) -> [Setting] {
    section.fields.compactMap { field in
      guard let name = field.key.string, !known.contains(name) else { return nil }
      var places = [name: location(field.keyNode.mark)]
      let value = json(field.value, field.valueNode, path: name, &places)
      return Setting(name, value, places: places)
    }
  }

  private func json(
    _ value: YAMLValue, _ node: YAMLNode, path: String, _ places: inout [String: SourceLocation]
  ) -> JSONValue {
    switch value {
    case .none: return .null
    case .bool(let truth): return .bool(truth)
    case .int(let number): return .int(number)
    case .float(let number): return .double(number)
    case .list(let values), .tuple(let values), .set(let values):
      // Elements have no places of their own: a list is named by its key.
      return .array(values.map { json($0, node, path: path, &places) })
    case .map(let entries):
      // Its value is known, so its fields have been read before and cannot fail.
      let nodes = (try? node.fields()) ?? []
      return .object(
        entries.map { entry in
          let key = entry.key.pythonText
          let field = nodes.first { $0.key == entry.key }
          let inner = "\(path).\(key)"
          if let field { places[inner] = location(field.keyNode.mark) }
          return .init(key, json(entry.value, field?.valueNode ?? node, path: inner, &places))
        })
    case .bigInt, .string, .bytes, .date, .dateTime: return .string(value.pythonText)
    }
  }
}
