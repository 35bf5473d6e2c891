import Formats
import Platform

extension SuiteReader {
  /// Reads the parts of `splits:`, in their order.
  mutating func readParts(_ node: YAMLNode) -> [DataSuite.SplitPart] {
    do throws(SuiteProblem) {
      let mapping = try mapping(node, "`splits`")
      let parts = mapping.fields.filter { $0.key != "check" }.compactMap { field in
        readReference(mapping, field.key).map { DataSuite.SplitPart(field.key, $0) }
      }
      let names = mapping.fields.map(\.key)
      for name in ["train", "test"] where !names.contains(name) {
        let others = names.filter { !["train", "test", "check"].contains($0) }
        let near = nearestName(to: name, among: others)
        note(
          SuiteProblem(
            "`splits` needs `\(name)`, a table", at: mapping.offset,
            hint: near.map { "did you mean `\(name)` by `\($0)`?" }
              ?? "add `\(name): data/\(name).csv`"
          ))
      }
      if mapping["check"] == nil {
        let near = nearestName(to: "check", among: names)
        note(
          SuiteProblem(
            "`splits` needs `check`, a list of tests", at: mapping.offset,
            hint: near.map { "did you mean `check` by `\($0)`?" }
              ?? "add `check: [overlap == 0, no new categories]`"))
      }
      return parts
    } catch {
      note(error)
      return []
    }
  }

  /// Reads the tests of `splits:`.
  mutating func readChecks(_ node: YAMLNode, _ scope: TestScope) {
    let check = node.pairs?.last { $0.key.text == "check" }?.value
    if let check { readTests(check, scope) }
  }
}
