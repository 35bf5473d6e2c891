import Support

@testable import Checks

/// Two different texts with the same hash, found by undoing the hash's second step.
struct CollidingTexts {
  let first: String
  let second: String

  init?() {
    var random = SeededRandom(seed: 1)
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)
    func word(_ bytes: [UInt8]) -> UInt64 {
      bytes.enumerated().reduce(0) { $0 | UInt64($1.element) << UInt64(8 * $1.offset) }
    }
    // The first eight bytes of sixteen.
    func half(_ bytes: [UInt8]) -> UInt64 {
      RowHash.mix(RowHash.mix(0x9E37_79B9_7F4A_7C15 ^ 16) ^ word(bytes))
    }
    let start = (0..<8).map { _ in random.pick(letters) }
    for _ in 0..<1_000_000 {
      let other = (0..<8).map { _ in random.pick(letters) }
      // What the next eight bytes must differ by.
      let difference = half(start) ^ half(other)
      let ends = (0..<8).compactMap { place -> (UInt8, UInt8)? in
        let own = UInt8(truncatingIfNeeded: difference >> UInt64(8 * place))
        return letters.first { letters.contains($0 ^ own) }.map { ($0, $0 ^ own) }
      }
      guard ends.count == 8, start != other else { continue }
      first = String(decoding: start + ends.map(\.0), as: UTF8.self)
      second = String(decoding: other + ends.map(\.1), as: UTF8.self)
      return
    }
    return nil
  }

  var haveOneHash: Bool {
    func hash(_ text: String) -> UInt64 { Array(text.utf8).withUnsafeBufferPointer(RowHash.of) }
    return first != second && hash(first) == hash(second)
  }
}
