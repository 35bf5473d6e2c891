/// Who may work and who waits: a value without a clock, and without tasks of its own.
///
/// Those who wait are let in in their order. There is only so much room to wait in.
package struct AdmissionQueue: Sendable {
  /// The most that work at once, and that wait.
  package var places: Int
  package var room: Int
  package private(set) var working = 0
  /// The tickets of those who wait, the first is next.
  package private(set) var waiting: [UInt64] = []
  private var next: UInt64 = 0

  package init(places: Int, room: Int) {
    self.places = places
    self.room = room
  }

  package enum Entry: Sendable, Hashable {
    case enters
    case waits(UInt64)
    case refused
  }

  package mutating func arrive() -> Entry {
    if working < places {
      working += 1
      return .enters
    }
    guard waiting.count < room else { return .refused }
    next += 1
    waiting.append(next)
    return .waits(next)
  }

  /// One has done; returns who takes its place.
  package mutating func leave() -> UInt64? {
    guard !waiting.isEmpty else {
      working -= 1
      return nil
    }
    return waiting.removeFirst()
  }

  /// One waits no more; returns whether it still did.
  package mutating func giveUp(_ ticket: UInt64) -> Bool {
    guard let index = waiting.firstIndex(of: ticket) else { return false }
    waiting.remove(at: index)
    return true
  }
}
