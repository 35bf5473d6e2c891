/// Which lifecycles a listing shows.
package enum LifecycleView: String, Sendable, Hashable, CaseIterable {
  case active
  case deleted
  case all
}
