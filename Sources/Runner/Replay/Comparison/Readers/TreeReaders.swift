import Formats
import Platform

/// JSON: key by key, whole numbers exactly.
struct JSONReader: ContentReader {
  /// `json`, or what a model's program is called.
  var name = "json"
  /// Whether numbers in texts are compared as numbers.
  var readsTexts = false

  func limit(_ limits: ComparisonLimits) -> Int { limits.tree }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var trees = TreeComparison(findings, readsTexts: readsTexts)
    if WideNumbers.areIn(old) || WideNumbers.areIn(new) {
      try trees.compare(
        WrittenJSON(value: JSONNode(parsing: old), bytes: old).node,
        WrittenJSON(value: JSONNode(parsing: new), bytes: new).node)
    } else {
      try trees.compare(
        JSONValue(parsing: old, allowsNonFinite: true).node,
        JSONValue(parsing: new, allowsNonFinite: true).node)
    }
    findings = trees.findings
  }
}

/// Whether a text has whole numbers that may take more than 64 bits.
enum WideNumbers {
  static func areIn(_ text: [UInt8]) -> Bool {
    var run = 0
    for byte in text {
      if (0x30...0x39).contains(byte) {
        run += 1
        if run >= 19 { return true }
      } else {
        run = byte == 0x2E ? -400 : 0
      }
    }
    return false
  }
}

/// JSON Lines: a value a line, each with the one of the same number.
struct JSONLinesReader: ContentReader {
  var name: String { "json lines" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var (a, b) = (LineScanner(old), LineScanner(new))
    while true {
      try findings.step()
      let number = a.number + 1
      switch (a.next(), b.next()) {
      case (nil, nil): return
      case (let x?, let y?):
        if old[x].elementsEqual(new[y]) { continue }
        var part = findings.fresh
        try JSONReader().compare(Array(old[x]), Array(new[y]), into: &part)
        findings.merge(part) { "line \(number)" }
      case (let x?, nil):
        let rest = 1 + a.countRest()
        let text = OneLine.text(String(decoding: old[x], as: UTF8.self), limit: 80)
        return findings.add(count: rest) { "line \(number): `\(text)` is missing" }
      case (nil, let y?):
        let rest = 1 + b.countRest()
        let text = OneLine.text(String(decoding: new[y], as: UTF8.self), limit: 80)
        return findings.add(count: rest) { "line \(number): `\(text)` is new" }
      }
    }
  }
}

/// Universal Binary JSON, as XGBoost writes its models.
struct UBJSONReader: ContentReader {
  var name: String { "xgboost" }

  func limit(_ limits: ComparisonLimits) -> Int { limits.tree }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var trees = TreeComparison(findings, readsTexts: true)
    try trees.compare(UBJSONValue(parsing: old).node, UBJSONValue(parsing: new).node)
    findings = trees.findings
  }
}

/// YAML of any number of documents.
struct YAMLReader: ContentReader {
  var name: String { "yaml" }

  func limit(_ limits: ComparisonLimits) -> Int { min(limits.tree, YAMLLimits().bytes) }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var trees = TreeComparison(findings)
    let (a, b) = (try Self.documents(old), try Self.documents(new))
    // Most files hold one, whose values need no number in front.
    if a.count == 1, b.count == 1 {
      try trees.compare(a[0].node, b[0].node)
    } else {
      try trees.compare(YAMLValue.list(a).node, YAMLValue.list(b).node)
    }
    findings = trees.findings
  }

  private static func documents(_ bytes: [UInt8]) throws(ParseFailure) -> [YAMLValue] {
    var values: [YAMLValue] = []
    for document in try YAMLNode.documents(parsing: bytes) { values.append(try document.value()) }
    return values
  }
}

struct TOMLReader: ContentReader {
  var name: String { "toml" }

  func limit(_ limits: ComparisonLimits) -> Int { limits.tree }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var trees = TreeComparison(findings)
    try trees.compare(
      TOMLValue.table(TOMLTable(parsing: old)).node, TOMLValue.table(TOMLTable(parsing: new)).node)
    findings = trees.findings
  }
}
