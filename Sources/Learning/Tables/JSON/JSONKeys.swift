import Compute
import Platform

/// The keys of JSON Lines, in the order in which they first appear.
struct JSONKeys: Sendable {
  private(set) var names: [String] = []
  private var spellings: [[UInt8]] = []
  private var places: [[UInt8]: Int] = [:]

  var count: Int { names.count }

  /// The place of a key; nil for one that did not appear.
  ///
  /// - Parameter guess: where it may be: lines mostly have the same keys in the same order.
  @inline(__always)
  func place(of key: JSONRow.Key, guess: Int) -> Int? {
    switch key {
    case .bytes(let key):
      if guess < spellings.count, spellings[guess].elementsEqual(key) { return guess }
      return places[Array(key)]
    case .spelled(let key): return places[key]
    }
  }

  /// Adds a key that did not appear.
  ///
  /// - Throws: ``ParseFailure`` when there are too many.
  mutating func add(_ key: JSONRow.Key) throws(ParseFailure) -> Int {
    guard count < 100_000 else { throw ParseFailure("more than 100,000 different keys") }
    let spelling =
      switch key {
      case .bytes(let key): Array(key)
      case .spelled(let key): key
      }
    places[spelling] = count
    spellings.append(spelling)
    names.append(String(decoding: spelling, as: UTF8.self))
    return count - 1
  }
}
