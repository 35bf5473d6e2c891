import HTTPTypes
import Platform

/// For whom, and when, a page is made.
struct PageContext: Sendable {
  var language: Language
  /// What the reader chose; nil: as the system has it.
  var theme: Theme?
  /// The path of this page, percent-encoded.
  var path: String
  var query: QueryFields
  /// Milliseconds since 1970.
  var now: Int64
  var identity = Identity.everybody
  /// What the reader may do with what the page is about.
  var rights = PageRights.none
  /// Whether the page is kept as a file, which nobody answers: it has no forms, and times are those of the clock.
  var isStill = false
  /// The columns that the reader chose for this page's table before, as the cookie has them.
  var rememberedColumns: String?

  enum Theme: String, Sendable, CaseIterable { case light, dark }

  init(
    language: Language, theme: Theme? = nil, path: String = "/",
    query: QueryFields = QueryFields(), now: Int64 = Clock.milliseconds()
  ) {
    self.language = language
    self.theme = theme
    self.path = path
    self.query = query
    self.now = now
  }

  /// What the request asks for, then what a cookie remembers, then what the browser prefers.
  init(_ request: ServerRequest) {
    let cookies = Self.cookies(request.headers[.cookie])
    language =
      request.query["lang"].flatMap { Language(rawValue: $0) }
      ?? cookies["reprise_lang"].flatMap { Language(rawValue: $0) }
      ?? Language(accepting: request.headers[.acceptLanguage])
    theme =
      (request.query["theme"] ?? cookies["reprise_theme"]).flatMap { Theme(rawValue: $0) }
    path = request.path
    query = request.query
    now = Clock.milliseconds()
    identity = request.identity
    rememberedColumns = cookies[RunsQuery.columnsCookie]
  }

  /// The cookies that keep what this request chose; they carry nothing else.
  var choices: [String] {
    [("lang", "reprise_lang"), ("theme", "reprise_theme")].compactMap { field, cookie in
      guard let value = query[field], value == language.rawValue || value == theme?.rawValue
      else { return nil }
      return "\(cookie)=\(value); Path=/; Max-Age=31536000; SameSite=Lax"
    }
  }

  /// A text in the reader's language.
  subscript(_ phrase: Phrase) -> String { phrase.text(language) }

  /// A text with values in the places of `{}`, in their order.
  subscript(_ phrase: Phrase, _ values: String...) -> String {
    var pieces = phrase.text(language).split(separator: "{}", omittingEmptySubsequences: false)[...]
    var text = String(pieces.popFirst() ?? "")
    for (value, piece) in zip(values, pieces) { text += value + piece }
    return text
  }

  /// A text that counts: the form for one stands before a `|` where the language has one.
  func counted(_ phrase: Phrase, _ count: Int) -> String {
    let forms = phrase.text(language).split(separator: "|")
    let form = count == 1 ? forms.first : forms.last
    return (form ?? "").split(separator: "{}", omittingEmptySubsequences: false)
      .joined(separator: PageNumber.grouped(count))
  }

  private static func cookies(_ header: String?) -> [String: String] {
    let pairs = (header ?? "").split(separator: ";").compactMap { part -> (String, String)? in
      let sides = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
      return sides.count == 2 ? (String(sides[0]), String(sides[1])) : nil
    }
    return Dictionary(pairs) { first, _ in first }
  }
}
