/// Hashes of pictures, to find those near to one without comparing it with all.
///
/// Two hashes that differ in at most d bits are equal in one of d + 1 bands of their bits: only those that are equal in a band
/// are compared.
struct NearHashes: Sendable {
  let distance: Int
  /// In the order in which they first came.
  private(set) var hashes: [PerceptualHash] = []
  private var known: [PerceptualHash: Int] = [:]
  /// For each band the places of the hashes by their bits in it.
  private var bands: [[UInt64: [Int]]]

  /// - Parameter distance: from 0 to 63.
  init(within distance: Int) {
    self.distance = max(0, min(63, distance))
    bands = Array(repeating: [:], count: self.distance + 1)
  }

  /// The places of the hashes that are near to one, in ascending order.
  func near(_ hash: PerceptualHash) -> [Int] {
    var found: Set<Int> = []
    for band in bands.indices {
      for place in bands[band][bits(of: hash, in: band)] ?? []
      where hash.distance(to: hashes[place]) <= distance {
        found.insert(place)
      }
    }
    return found.sorted()
  }

  /// The place of a hash, a new one when it comes for the first time.
  mutating func add(_ hash: PerceptualHash) -> Int {
    if let place = known[hash] { return place }
    let place = hashes.count
    known[hash] = place
    hashes.append(hash)
    for band in bands.indices { bands[band][bits(of: hash, in: band), default: []].append(place) }
    return place
  }

  private func bits(of hash: PerceptualHash, in band: Int) -> UInt64 {
    let (start, end) = (64 * band / bands.count, 64 * (band + 1) / bands.count)
    return hash.bits >> UInt64(start) & (end - start == 64 ? .max : 1 << UInt64(end - start) - 1)
  }
}
