import Formats
import Platform

/// What a rule says, in the languages it was written in: one text, or one for each code.
package struct RuleMessages: Sendable {
  private var texts: [MessageLanguage: String] = [:]
  private var byCode: [MessageLanguage: [String: String]] = [:]

  init(_ fields: RuleFields) throws(ParseFailure) {
    for (language, suffix) in [(MessageLanguage.english, ""), (.korean, "-ko")] {
      texts[language] = try fields.text("message" + suffix)
      guard let node = fields["messages" + suffix] else { continue }
      guard let pairs = node.pairs else { throw node.failure("`messages` names a text for codes") }
      for pair in pairs {
        guard let code = pair.key.text, let text = pair.value.text else {
          throw pair.key.failure("`messages` names a text for codes")
        }
        byCode[language, default: [:]][code] = text
      }
    }
    if texts[.english] == nil, byCode[.english] == nil {
      throw fields.node.failure("a rule needs `message`")
    }
  }

  /// The text for a finding, with `{name}` replaced by its values; the English one where there is no other.
  func text(
    _ code: String?, _ values: [String: String], in language: MessageLanguage
  ) -> String {
    let template =
      code.flatMap { byCode[language]?[$0] } ?? texts[language]
      ?? code.flatMap { byCode[.english]?[$0] } ?? texts[.english]
      ?? byCode[.english]?.min { $0.key < $1.key }?.value ?? ""
    return Self.fill(template, values)
  }

  static func fill(_ template: String, _ values: [String: String]) -> String {
    guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      result += rest[..<open]
      result += values[name] ?? "{\(name)}"
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}

/// The language that a person is told things in.
package enum MessageLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case korean = "ko"
}
