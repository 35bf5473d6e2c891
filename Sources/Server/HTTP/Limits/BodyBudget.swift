import Synchronization

/// How many bytes of bodies the server holds at once, whatever the number of connections: a thousand clients that each
/// send what one may cannot fill the memory.
///
/// The first bytes of each body are free, as the connections are counted: who holds the whole budget keeps nobody from
/// sending what most requests are.
package final class BodyBudget: Sendable {
  /// Bytes of each body that do not count.
  package static let free = 64 << 10

  private let rest: Mutex<Int>

  /// - Parameter bytes: of all bodies together.
  package init(_ bytes: Int) { rest = Mutex(bytes) }

  /// What is left.
  package var left: Int { rest.withLock { $0 } }

  /// What one body has of the budget; given back with the value.
  package struct Share: ~Copyable {
    private let budget: BodyBudget
    private var taken = 0

    init(_ budget: BodyBudget) { self.budget = budget }

    /// - Throws: status 503 when there is no room now for a body of so many bytes. It is not taken yet: who only says
    ///   that much will come takes nothing from others.
    package func expect(_ bytes: Int) throws(APIError) {
      guard bytes - BodyBudget.free <= budget.left else { throw .busy }
    }

    /// Makes room for a body of so many bytes in all.
    ///
    /// - Throws: status 503 when there is none.
    package mutating func grow(to bytes: Int) throws(APIError) {
      let more = max(0, bytes - BodyBudget.free) - taken
      guard more > 0 else { return }
      let isThere = budget.rest.withLock { rest in
        guard rest >= more else { return false }
        rest -= more
        return true
      }
      guard isThere else { throw .busy }
      taken += more
    }

    deinit {
      let taken = taken
      budget.rest.withLock { $0 += taken }
    }
  }

  package func share() -> Share { Share(self) }
}
