import HTTPTypes

extension ServerAnswer {
  /// What a page may load: its own server's files, and pictures that stand in it. No script and no style inside of it.
  static let policy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    + "form-action 'self'; frame-ancestors 'self'"

  /// A whole page.
  init(_ status: HTTPResponse.Status = .ok, page: HTML) {
    self.init("text/html; charset=utf-8", page.text, status)
    headers[.contentSecurityPolicy] = Self.policy
    headers[.xContentTypeOptions] = "nosniff"
    headers[.cacheControl] = "no-store"
    headers[.vary] = "Accept-Language, Cookie"
    if let name = HTTPField.Name("Referrer-Policy") { headers[name] = "same-origin" }
  }
}
