import Formats

/// SARIF 2.1.0 (OASIS), as code hosts take it.
package enum SARIFReport {
  package static func json(
    _ findings: [Finding], rules: [Rule], version: String
  ) -> JSONValue {
    let used = Set(findings.map(\.rule))
    let known = rules.filter { used.contains($0.id) }
    let places = Dictionary(
      uniqueKeysWithValues: known.enumerated().map { ($0.element.id, $0.offset) })
    let descriptions: [JSONValue] = known.map { rule in
      .object([
        .init("id", .string(rule.id)),
        .init(
          "shortDescription",
          text(rule.docs.split(separator: "\n").first.map(String.init) ?? rule.id)),
        .init("fullDescription", text(rule.docs.isEmpty ? rule.id : rule.docs)),
        .init("defaultConfiguration", .object([.init("level", .string(level(rule.severity)))])),
        .init("properties", .object([.init("tags", .array(rule.codes.map { .string($0) }))])),
      ])
    }
    return .object([
      .init("$schema", "https://json.schemastore.org/sarif-2.1.0.json"),
      .init("version", "2.1.0"),
      .init(
        "runs",
        .array([
          .object([
            .init(
              "tool",
              .object([
                .init(
                  "driver",
                  .object([
                    .init("name", "reprise"), .init("version", .string(version)),
                    .init("rules", .array(descriptions)),
                  ]))
              ])),
            .init("columnKind", "unicodeCodePoints"),
            .init("results", .array(findings.map { result($0, places) })),
          ])
        ])),
    ])
  }

  private static func result(_ finding: Finding, _ places: [String: Int]) -> JSONValue {
    var region: [JSONValue.Member] = []
    for (name, value) in [
      ("startLine", finding.line), ("startColumn", finding.column), ("endLine", finding.endLine),
      ("endColumn", finding.endColumn),
    ] {
      if let value { region.append(.init(name, .int(Int64(value)))) }
    }
    var place: [JSONValue.Member] = [
      .init("artifactLocation", .object([.init("uri", .string(uri(finding.path)))]))
    ]
    if !region.isEmpty { place.append(.init("region", .object(region))) }
    var members: [JSONValue.Member] = [
      .init("ruleId", .string(finding.rule)), .init("level", .string(level(finding.severity))),
      .init("message", text(finding.message)),
      .init("locations", .array([.object([.init("physicalLocation", .object(place))])])),
      .init(
        "partialFingerprints",
        .object([.init("reprise/v1", .string(FindingFingerprint.digest(of: finding)))])),
    ]
    if let index = places[finding.rule] { members.append(.init("ruleIndex", .int(Int64(index)))) }
    return .object(members)
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }

  private static func text(_ text: String) -> JSONValue { .object([.init("text", .string(text))]) }

  /// A path as a relative reference (RFC 3986).
  private static func uri(_ path: String) -> String {
    var result = ""
    for byte in path.utf8 {
      let isPlain =
        byte >= 0x61 && byte <= 0x7A || byte >= 0x41 && byte <= 0x5A || byte >= 0x30 && byte <= 0x39
        || "-._~/".utf8.contains(byte)
      if isPlain {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let hex = String(byte, radix: 16, uppercase: true)
        result += "%" + (hex.count == 1 ? "0" : "") + hex
      }
    }
    return result
  }
}
