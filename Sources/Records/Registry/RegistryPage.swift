/// A page of what a search found.
package struct RegistryPage<Item: Sendable>: Sendable {
  package var items: [Item]
  /// How many come before the next page; nil when this is the last.
  package var next: Int?

  /// The first `limit` of at most one more.
  init(_ found: [Item], limit: Int, offset: Int) {
    items = found.count > limit ? Array(found.prefix(limit)) : found
    next = found.count > limit ? offset + limit : nil
  }

  init(items: [Item], next: Int?) {
    self.items = items
    self.next = next
  }

  func map<Other>(_ body: ([Item]) throws -> [Other]) rethrows -> RegistryPage<Other> {
    RegistryPage<Other>(items: try body(items), next: next)
  }
}
