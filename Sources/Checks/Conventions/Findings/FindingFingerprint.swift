import Platform

/// What stays of a finding when lines above it come and go: its rule, file, surrounding definition and line.
package enum FindingFingerprint {
  /// The parts, before they are hashed. The line counts without the spaces around and between its words.
  static func text(of finding: Finding) -> String {
    let line = (finding.source ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return [finding.rule, finding.code ?? "", finding.path, finding.context, line]
      .joined(separator: "\n")
  }

  /// 16 hexadecimal digits.
  package static func digest(_ text: String) -> String {
    String(SHA256.digest(of: Array(text.utf8)).hex.prefix(16))
  }

  package static func digest(of finding: Finding) -> String { digest(text(of: finding)) }
}
