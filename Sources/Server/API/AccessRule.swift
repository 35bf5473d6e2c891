/// Who may use an endpoint. There is no endpoint without a rule.
package enum AccessRule: Sendable, Hashable {
  /// Also those who did not sign in: health and version.
  case open
  /// Everybody who signed in; what is listed is filtered by what they may read.
  case signedIn
  case admin
  /// Those who have a permission on what a field of the request names; on each, when it names several.
  case on(Subject, Permission)

  /// What a permission is for; the text is the name of the request's field, or of the path's parameter.
  package enum Subject: Sendable, Hashable {
    case experiment(String)
    case experimentName(String)
    /// The experiment of a run.
    case run(String)
    /// The experiment of a logged model.
    case loggedModel(String)
    case registeredModel(String)
    /// The experiment whose artifacts a proxied path names.
    case artifactPath(String)
  }

  /// MLflow's permissions; each includes those before it.
  package enum Permission: String, Sendable, Hashable, CaseIterable, Comparable {
    case read = "READ"
    case use = "USE"
    case edit = "EDIT"
    case manage = "MANAGE"

    package static func < (left: Self, right: Self) -> Bool { left.level < right.level }

    private var level: Int {
      switch self {
      case .read: 0
      case .use: 1
      case .edit: 2
      case .manage: 3
      }
    }
  }
}
