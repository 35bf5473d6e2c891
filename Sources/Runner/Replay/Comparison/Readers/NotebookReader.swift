import Formats
import Platform

/// Notebooks of Jupyter's (nbformat 4), cell by cell: kinds, sources and outputs. Ids, numbers of executions and
/// metadata, times among it, are passed over.
struct NotebookReader: ContentReader {
  let contents: ContentComparison

  var name: String { "notebook" }

  func limit(_ limits: ComparisonLimits) -> Int { limits.tree }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let (a, b) = (try Self.cells(old), try Self.cells(new))
    for (index, pair) in zip(a, b).enumerated() {
      try compareCells(pair.0, pair.1, "cell \(index + 1)", &findings)
    }
    guard a.count != b.count else { return }
    findings.add(count: max(a.count, b.count) - min(a.count, b.count)) {
      "\(a.count) cells became \(b.count)"
    }
  }

  private static func cells(_ bytes: [UInt8]) throws(ParseFailure) -> [JSONValue] {
    let notebook = try JSONValue(parsing: bytes, allowsNonFinite: true)
    guard let cells = notebook["cells"]?.array, notebook["nbformat"]?.int == 4 else {
      throw ParseFailure("this is no notebook of nbformat 4")
    }
    return cells
  }

  private func compareCells(
    _ old: JSONValue, _ new: JSONValue, _ place: String, _ findings: inout Findings
  ) throws {
    if old == new { return }
    let kinds = (old["cell_type"]?.string ?? "", new["cell_type"]?.string ?? "")
    guard kinds.0 == kinds.1 else {
      return findings.add { "\(place): a \(kinds.0) cell became a \(kinds.1) cell" }
    }
    // What was run is compared as it stands: other code is a difference, whatever it is.
    let texts = [old, new].map { Array(CellOutputReader.text($0["source"]).utf8) }
    let sources = (texts[0], texts[1])
    if sources.0 != sources.1 {
      var lines = LineComparison(findings.fresh, isNormalised: false)
      try lines.compare(sources.0, sources.1)
      findings.merge(lines.findings) { "\(place), source" }
    }
    let outputs = CellOutputReader(contents: contents)
    try outputs.compareTrees(
      old["attachments"], new["attachments"], "\(place), attachments", &findings)
    let lists = [old, new].map { CellOutputReader.joined($0["outputs"]?.array ?? []) }
    let (a, b) = (lists[0], lists[1])
    for (index, pair) in zip(a, b).enumerated() {
      try outputs.compare(pair.0, pair.1, "\(place), output \(index + 1)", &findings)
    }
    guard a.count != b.count else { return }
    findings.add(count: max(a.count, b.count) - min(a.count, b.count)) {
      "\(place): \(a.count) outputs became \(b.count)"
    }
  }
}
