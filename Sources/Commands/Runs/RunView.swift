import ArgumentParser
import Records

/// Which runs or experiments a listing has: those that were not deleted, those that were, or both.
enum RunView: String, ExpressibleByArgument, CaseIterable, Sendable {
  case active, deleted, all

  var lifecycle: LifecycleView {
    switch self {
    case .active: .active
    case .deleted: .deleted
    case .all: .all
    }
  }
}
