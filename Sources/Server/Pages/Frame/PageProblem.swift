import HTTPTypes
import Platform

/// A page that says why there is no other.
struct PageProblem {
  let at: PageContext
  let failure: Failure

  /// What the API would refuse.
  init(at: PageContext, refusal: APIError) {
    let code: Failure.Code =
      switch refusal.status {
      case 404: .notFound
      case 401, 403: .permission
      case 409: .conflict
      case 503: .locked
      default: .invalid
      }
    self.init(at: at, failure: Failure(code, refusal.message))
  }

  init(at: PageContext, failure: Failure) {
    self.at = at
    self.failure = failure
  }

  /// The status of what a person can put right; nil for what is ours.
  static func status(_ failure: Failure) -> HTTPTypes.HTTPResponse.Status? {
    switch failure.code {
    case .notFound: .notFound
    case .usage, .invalid, .parse, .no, .unsupported: .badRequest
    case .permission: .forbidden
    case .conflict: .conflict
    case .locked, .unreachable: .serviceUnavailable
    case .noSpace, .io, .corrupt, .interrupted, .bug: nil
    }
  }

  var answer: ServerAnswer {
    let status = PageProblem.status(failure) ?? .internalServerError
    let title = at[status == .notFound ? .notFoundTitle : .problemTitle]
    let frame = PageFrame(at: at, title: title, section: .none, layout: "reading")
    return ServerAnswer(
      status,
      page: frame.page(
        """
        <h1>\(title)</h1>
        <div class="problem" lang="en"><p>\(failure.message)</p>\
        \(failure.hint.map { "<p class=\"hint\">\($0)</p>" as HTML })</div>
        <p><a href="/">\(at[.backToExperiments])</a></p>
        """))
  }
}
