import HTTPTypes

/// What browsers are told about an answer, so that no page of another site, and no artifact, acts in this one's name.
package enum SecurityHeaders {
  /// Of pages of our own: scripts, styles, pictures and requests of this server only, nothing inline, in no frame.
  package static let page = """
    default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
    """
  /// Of what is data.
  package static let data = "default-src 'none'; frame-ancestors 'none'"
  /// Of files that somebody logged: a browser that shows one runs nothing in it, and gives it no origin.
  package static let artifact =
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
  /// Of MLflow's own web pages, which write styles and compile code as they run.
  package static let mlflowPages = """
    default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; connect-src 'self'; \
    form-action 'self'; base-uri 'self'; frame-src 'self' blob:; frame-ancestors 'none'
    """

  static let policy = HTTPField.Name("Content-Security-Policy").unsafelyUnwrapped
  private static let always: [(HTTPField.Name, String)] = [
    (.xContentTypeOptions, "nosniff"),
    (HTTPField.Name("Referrer-Policy").unsafelyUnwrapped, "same-origin"),
    (HTTPField.Name("X-Frame-Options").unsafelyUnwrapped, "DENY"),
    // No other site includes what is here as a script, a style or a picture.
    (HTTPField.Name("Cross-Origin-Resource-Policy").unsafelyUnwrapped, "same-origin"),
    (HTTPField.Name("Cross-Origin-Opener-Policy").unsafelyUnwrapped, "same-origin"),
  ]

  /// Adds what the answer does not say itself; its policy goes by its type.
  package static func complete(_ answer: inout ServerAnswer) {
    for (name, value) in always where answer.headers[name] == nil {
      answer.headers[name] = value
    }
    guard answer.headers[policy] == nil else { return }
    let isPage = answer.headers[.contentType]?.lowercased().hasPrefix("text/html") == true
    answer.headers[policy] = isPage ? page : data
  }

  /// The head fields of a file that somebody logged: it is saved, not shown, under the last name of its path.
  package static func artifact(named name: String) -> HTTPFields {
    [
      policy: artifact, .contentDisposition: disposition(name), .xContentTypeOptions: "nosniff",
    ]
  }

  /// `attachment` with the name as text, or percent-encoded when it is not plain ASCII (RFC 6266, RFC 8187).
  package static func disposition(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy {
      (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\")
        && $0 != UInt8(ascii: "%")
    }
    if isPlain { return "attachment; filename=\"\(name)\"" }
    return "attachment; filename*=UTF-8''\(PercentEncoding.encoded(name))"
  }
}
