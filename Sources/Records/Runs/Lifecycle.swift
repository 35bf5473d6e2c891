/// Whether something is there for everybody, or deleted and waiting to be restored or purged.
package enum Lifecycle: String, Sendable, Hashable, CaseIterable {
  case active
  case deleted
}
