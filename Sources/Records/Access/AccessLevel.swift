/// What a grant allows, as MLflow's basic-auth has it.
package enum AccessLevel: String, Sendable, Hashable, CaseIterable, Comparable {
  case read = "READ"
  case use = "USE"
  case edit = "EDIT"
  case manage = "MANAGE"
  /// Nothing; what a default may be, and no grant.
  case none = "NO_PERMISSIONS"
  /// A refusal that no other grant of the same tier lifts.
  case deny = "DENY"

  package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  private var rank: Int {
    switch self {
    case .deny: -1
    case .none: 0
    case .read: 1
    case .use: 2
    case .edit: 3
    case .manage: 4
    }
  }
}
