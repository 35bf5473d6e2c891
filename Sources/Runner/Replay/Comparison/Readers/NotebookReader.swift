import Formats
import Platform

/// Notebooks of Jupyter's (nbformat 4), cell by cell: kinds, sources and outputs. Ids, numbers of executions and metadata,
/// times among it, are passed over.
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
    let sources = (Array(Self.text(old["source"]).utf8), Array(Self.text(new["source"]).utf8))
    if sources.0 != sources.1 {
      var lines = LineComparison(findings.fresh, isNormalised: false)
      try lines.compare(sources.0, sources.1)
      findings.merge(lines.findings) { "\(place), source" }
    }
    try compareTrees(old["attachments"], new["attachments"], "\(place), attachments", &findings)
    let (a, b) = (Self.outputs(old), Self.outputs(new))
    for (index, pair) in zip(a, b).enumerated() {
      try compareOutputs(pair.0, pair.1, "\(place), output \(index + 1)", &findings)
    }
    guard a.count != b.count else { return }
    findings.add(count: max(a.count, b.count) - min(a.count, b.count)) {
      "\(place): \(a.count) outputs became \(b.count)"
    }
  }

  /// Text of one line or of a list of them.
  private static func text(_ value: JSONValue?) -> String {
    value?.string ?? (value?.array ?? []).compactMap(\.string).joined()
  }

  /// The outputs of a cell; what is printed in pieces, whose sizes depend on the time, is one. Standard output and errors
  /// come to a person in one order and to the kernel in another: each is put together.
  private static func outputs(_ cell: JSONValue) -> [JSONValue] {
    var result: [JSONValue] = []
    var streams: [String: Int] = [:]
    for output in cell["outputs"]?.array ?? [] {
      guard output["output_type"]?.string == "stream" else {
        result.append(output)
        streams = [:]
        continue
      }
      let name = output["name"]?.string ?? ""
      let piece = text(output["text"])
      if let place = streams[name] {
        result[place] = stream(name, text(result[place]["text"]) + piece)
      } else {
        streams[name] = result.count
        result.append(stream(name, piece))
      }
    }
    return result
  }

  private static func stream(_ name: String, _ text: String) -> JSONValue {
    ["output_type": "stream", "name": .string(name), "text": .string(text)]
  }

  private func compareOutputs(
    _ old: JSONValue, _ new: JSONValue, _ place: String, _ findings: inout Findings
  ) throws {
    let kinds = (old["output_type"]?.string ?? "", new["output_type"]?.string ?? "")
    guard kinds.0 == kinds.1, old["name"] == new["name"] else {
      return findings.add {
        let names = [old, new].map { $0["name"]?.string ?? $0["output_type"]?.string ?? "nothing" }
        return "\(place): \(names[0]) became \(names[1])"
      }
    }
    switch kinds.0 {
    case "stream": try compareTexts(old["text"], new["text"], place, &findings)
    case "error":
      for part in ["ename", "evalue", "traceback"] {
        let lines = { (value: JSONValue?) -> JSONValue in
          .string(
            value?.string ?? (value?.array ?? []).compactMap(\.string).joined(separator: "\n"))
        }
        try compareTexts(lines(old[part]), lines(new[part]), "\(place), \(part)", &findings)
      }
    default: try compareBundles(old["data"], new["data"], place, &findings)
    }
  }

  /// What is shown in several forms, each under its media type.
  private func compareBundles(
    _ old: JSONValue?, _ new: JSONValue?, _ place: String, _ findings: inout Findings
  ) throws {
    let (a, b) = (old?.members ?? [], new?.members ?? [])
    for member in a {
      let type = member.key
      guard let other = new?[type] else {
        findings.add { "\(place): \(type) is missing" }
        continue
      }
      if member.value == other { continue }
      let at = "\(place), \(type)"
      if type.hasSuffix("json") {
        try compareTrees(member.value, other, at, &findings)
      } else if type.hasPrefix("image/"), type != "image/svg+xml" {
        try compareImages(Self.text(member.value), Self.text(other), at, &findings)
      } else {
        try compareTexts(member.value, other, at, &findings)
      }
    }
    for member in b where old?[member.key] == nil {
      findings.add { "\(place): \(member.key) is new" }
    }
  }

  private func compareTexts(
    _ old: JSONValue?, _ new: JSONValue?, _ place: String, _ findings: inout Findings
  ) throws {
    let (a, b) = (Array(Self.text(old).utf8), Array(Self.text(new).utf8))
    guard a != b else { return }
    var lines = LineComparison(findings.fresh)
    try lines.compare(a, b)
    findings.merge(lines.findings) { place }
  }

  private func compareTrees(
    _ old: JSONValue?, _ new: JSONValue?, _ place: String, _ findings: inout Findings
  ) throws {
    guard old != new else { return }
    var trees = TreeComparison(findings.fresh)
    try trees.compare((old ?? .null).node, (new ?? .null).node)
    findings.merge(trees.findings) { place }
  }

  /// Base64 with line ends, as kernels send it.
  private func compareImages(
    _ old: String, _ new: String, _ place: String, _ findings: inout Findings
  ) throws {
    let bytes = { (text: String) -> [UInt8]? in Base64.decode(text.filter { !$0.isWhitespace }) }
    guard let a = bytes(old), let b = bytes(new) else {
      guard !old.utf8.elementsEqual(new.utf8) else { return }
      return findings.add { "\(place): a picture that cannot be read became another" }
    }
    guard a != b else { return }
    findings.merge(try contents.findings(a, b, findings.fresh)) { place }
  }
}
