/// An output of a cell that is not what it was.
package enum OutputDifference: Sendable {
  case removed(NotebookJSON)
  case added(NotebookJSON)
  /// What it shows changed, by MIME type (or `text`, `metadata`…).
  case changed([PartChange])

  package struct PartChange: Sendable {
    package enum Content: Sendable {
      case text(TextDifference)
      case table(TableDifference)
      /// Images and what else is no text: what was, what is.
      case data(old: DataSummary?, new: DataSummary?)
      case values([ValueChange])
    }

    /// A MIME type, `stdout`, `traceback`, `metadata`…
    package var name: String
    package var content: Content
  }

  /// What is not as it was, in the order of the outputs.
  ///
  /// - Parameter countsMatter: whether an execution count alone makes outputs differ.
  package static func between(
    _ old: [NotebookJSON], _ new: [NotebookJSON], countsMatter: Bool
  ) -> [OutputDifference] {
    let (olds, news) =
      countsMatter ? (old, new) : (old.map(withoutCount), new.map(withoutCount))
    guard olds != news else { return [] }
    var interning = Interning()
    let difference = SequenceDifference(
      interning.numbers(olds.map { $0.text() }), interning.numbers(news.map { $0.text() }))
    var changes: [OutputDifference] = []
    var (a, b) = (0, 0)
    for match in difference.matches + [.init(old: olds.count, new: news.count)] {
      while a < match.old || b < match.new {
        if a < match.old, b < match.new, isComparable(olds[a], news[b]) {
          let parts = parts(olds[a], news[b])
          if !parts.isEmpty { changes.append(.changed(parts)) }
          (a, b) = (a + 1, b + 1)
        } else if a < match.old {
          changes.append(.removed(olds[a]))
          a += 1
        } else {
          changes.append(.added(news[b]))
          b += 1
        }
      }
      (a, b) = (a + 1, b + 1)
    }
    return changes
  }

  private static func withoutCount(_ output: NotebookJSON) -> NotebookJSON {
    guard output["execution_count"] != nil else { return output }
    var output = output
    output["execution_count"] = .null
    return output
  }

  private static func isComparable(_ old: NotebookJSON, _ new: NotebookJSON) -> Bool {
    old["output_type"] == new["output_type"] && old["name"] == new["name"]
  }

  private static func parts(_ old: NotebookJSON, _ new: NotebookJSON) -> [PartChange] {
    var changes: [PartChange] = []
    let names = ["text", "ename", "evalue", "traceback"].filter { old[$0] != new[$0] }
    for name in names {
      let texts = [old[name], new[name]].map { OutputText.plain($0) }
      let shown = name == "text" ? new["name"]?.string ?? name : name
      changes.append(PartChange(name: shown, content: .text(TextDifference(texts[0], texts[1]))))
    }
    let (first, second) = (old["data"]?.object ?? [:], new["data"]?.object ?? [:])
    for type in Set(first.keys + second.keys).sorted() where first[type] != second[type] {
      changes.append(part(type, first[type], second[type]))
    }
    for name in ["metadata", "execution_count"] {
      let values = ValueChange.between(old[name] ?? .null, new[name] ?? .null)
      if !values.isEmpty { changes.append(PartChange(name: name, content: .values(values))) }
    }
    return changes
  }

  private static func part(
    _ type: String, _ old: NotebookJSON?, _ new: NotebookJSON?
  ) -> PartChange {
    guard let first = old?.joinedText, let second = new?.joinedText else {
      if NotebookMimeBundle.isJSON(type), let old, let new {
        return PartChange(name: type, content: .values(ValueChange.between(old, new)))
      }
      return PartChange(
        name: type,
        content: .data(
          old: old.map { DataSummary(type, $0) }, new: new.map { DataSummary(type, $0) }))
    }
    if let table = TableDifference(type, first, second) {
      return PartChange(name: type, content: .table(table))
    }
    if DataSummary.isText(type) {
      return PartChange(name: type, content: .text(TextDifference(first, second)))
    }
    return PartChange(
      name: type,
      content: .data(
        old: DataSummary(type, .string(first)), new: DataSummary(type, .string(second)))
    )
  }
}
