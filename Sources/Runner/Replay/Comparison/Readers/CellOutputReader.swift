import Formats
import Platform

/// Outputs of cells, one by one: texts, errors and what is shown in several forms. Metadata and numbers of executions are
/// passed over.
struct CellOutputReader {
  let contents: ContentComparison

  /// Text of one line or of a list of them.
  static func text(_ value: JSONValue?) -> String {
    value?.string ?? (value?.array ?? []).compactMap(\.string).joined()
  }

  /// Outputs in their order; what is printed in pieces, whose sizes depend on the time, is one. Standard output and
  /// errors come to a person in one order and to the kernel in another: each is put together.
  static func joined(_ outputs: [JSONValue]) -> [JSONValue] {
    var result: [JSONValue] = []
    var streams: [String: Int] = [:]
    for output in outputs {
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

  /// Compares two outputs.
  ///
  /// - Parameter place: where they stand, in words.
  func compare(
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

  func compareTrees(
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
