import Formats
import Platform

/// What a rule says, in the languages it was written in: one text, or one for each code.
package struct RuleMessages: Sendable {
  private struct Texts: Sendable {
    var all: String?
    var byCode: [String: String] = [:]

    func text(_ code: String?) -> String? { code.flatMap { byCode[$0] } ?? all }
  }

  private var english = Texts()
  private var korean = Texts()

  init(_ fields: RuleFields) throws(ParseFailure) {
    english = try Self.texts(fields, "")
    korean = try Self.texts(fields, "-ko")
    if english.all == nil, english.byCode.isEmpty {
      throw fields.node.failure("a rule needs `message`")
    }
  }

  private static func texts(
    _ fields: RuleFields, _ suffix: String
  ) throws(ParseFailure) -> Texts {
    var texts = Texts(all: try fields.text("message" + suffix))
    guard let node = fields["messages" + suffix] else { return texts }
    guard let pairs = node.pairs else { throw node.failure("`messages` names a text for codes") }
    for pair in pairs {
      guard let code = pair.key.text, let text = pair.value.text else {
        throw pair.key.failure("`messages` names a text for codes")
      }
      texts.byCode[code] = text
    }
    return texts
  }

  /// The text for a finding, with `{name}` replaced by its values; the English one where there is no other.
  func text(
    _ code: String?, _ values: [String: String], in language: MessageLanguage
  ) -> String {
    let template =
      (language == .korean ? korean.text(code) : nil) ?? english.text(code)
      ?? english.byCode.min { $0.key < $1.key }?.value ?? ""
    return Self.fill(template, values)
  }

  static func fill(_ template: String, _ values: [String: String]) -> String {
    var template = template
    return template.withUTF8 { text in
      guard var open = text.firstIndex(of: UInt8(ascii: "{")) else {
        return String(decoding: text, as: UTF8.self)
      }
      var result: [UInt8] = []
      var start = 0
      while let close = text[open...].firstIndex(of: UInt8(ascii: "}")) {
        let name = String(decoding: text[(open + 1)..<close], as: UTF8.self)
        if let value = values[name] {
          result += text[start..<open]
          result += value.utf8
        } else {
          result += text[start...close]
        }
        start = close + 1
        guard let next = text[start...].firstIndex(of: UInt8(ascii: "{")) else { break }
        open = next
      }
      result += text[start...]
      return String(decoding: result, as: UTF8.self)
    }
  }
}

/// The language that a person is told things in.
package enum MessageLanguage: String, Sendable, CaseIterable {
  case english = "en"
  case korean = "ko"
}
