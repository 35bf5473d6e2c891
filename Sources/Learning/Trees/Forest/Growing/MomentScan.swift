/// Moves rows from right to left, rank after rank, and remembers the best place to stop.
struct MomentScan<Score: MomentScore> {
  let score: Score
  /// The least weight of a side.
  let least: Double
  /// Of the node.
  let weight: Double
  let rows: Int
  let leafRows: Int
  private(set) var best = -1.0
  private(set) var found = ScanResult()

  init(score: Score, least: Double, weight: Double, rows: Int, leafRows: Int) {
    self.score = score
    self.least = least
    self.weight = weight
    self.rows = rows
    self.leafRows = leafRows
  }

  /// Scans sorted keys.
  @inline(__always)
  mutating func scan(
    _ keys: UnsafePointer<UInt64>, _ cells: UnsafePointer<SIMD2<Double>>,
    _ ranking: ForestGrower.Ranking, missingLeft: Bool
  ) {
    let count = ranking.count
    var left = missingLeft ? ranking.missing : .zero
    let extra = missingLeft ? ranking.missingCount : 0
    var (best, place) = (best, 0)
    // The first place where the left side has its rows, and the last where the right side has.
    let first = max(1, leafRows - extra)
    let last = min(count, rows - leafRows - extra)
    let (score, least, heaviest) = (score, least, weight - least)
    var previous = keys[0] >> 32
    var i = 0
    while i < min(first, count) {
      previous = keys[i] >> 32
      left += cells[Int(keys[i] & 0xFFFF_FFFF)]
      i &+= 1
    }
    while i < min(last + 1, count) {
      let key = keys[i]
      let rank = key >> 32
      if rank != previous, left.x >= least, left.x <= heaviest {
        let own = score.score(left)
        if own > best {
          best = own
          place = i
        }
      }
      previous = rank
      left += cells[Int(key & 0xFFFF_FFFF)]
      i &+= 1
    }
    // All that have a value on the left, all that lack it on the right.
    if !missingLeft, ranking.missingCount > 0, i == count, count >= first, count <= last,
      left.x >= least, left.x <= heaviest
    {
      let own = score.score(left)
      if own > best {
        best = own
        place = count
      }
    }
    guard place > 0 else { return }
    self.best = best
    found = ScanResult(
      rank: Int(keys[place - 1] >> 32), next: place < count ? Int(keys[place] >> 32) : -1,
      missingLeft: missingLeft)
  }

  /// Scans sums by rank; a rank that no row has weighs 0.
  ///
  /// - Parameter clears: whether the sums are made 0 again.
  @inline(__always)
  mutating func scan(
    _ sums: UnsafeMutablePointer<SIMD2<Double>>, _ ranking: ForestGrower.Ranking,
    missingLeft: Bool, clears: Bool
  ) {
    var left = missingLeft ? ranking.missing : .zero
    let start = left.x
    var (best, bestRank, bestNext) = (best, -1, -1)
    let (score, least, heaviest) = (score, least, weight - least)
    var previous = ranking.least
    for rank in ranking.least...ranking.largest {
      let own = sums[rank]
      if own.x == 0 { continue }
      if clears { sums[rank] = .zero }
      if left.x > start, left.x >= least, left.x <= heaviest {
        let value = score.score(left)
        if value > best {
          best = value
          bestRank = previous
          bestNext = rank
        }
      }
      previous = rank
      left += own
    }
    if !missingLeft, ranking.missingCount > 0, left.x >= least, left.x <= heaviest {
      let value = score.score(left)
      if value > best {
        best = value
        bestRank = previous
        bestNext = -1
      }
    }
    guard bestRank >= 0 else { return }
    self.best = best
    found = ScanResult(rank: bestRank, next: bestNext, missingLeft: missingLeft)
  }
}
