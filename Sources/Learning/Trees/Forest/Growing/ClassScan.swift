/// The scan of sorted rows for three classes and more, and for entropy.
struct ClassScan<Score: ClassScore> {
  let totals: UnsafeMutablePointer<Double>
  /// 0 between scans.
  let left: UnsafeMutablePointer<Double>
  let facts: NodeFacts
  let least: Double
  let leafRows: Int
  /// The score of the node as it is.
  let whole: Double
  private let start: Score
  private(set) var best = -Double.infinity
  private(set) var isFound = false
  private(set) var found = ScanResult()

  init(
    totals: UnsafeMutablePointer<Double>, left: UnsafeMutablePointer<Double>, classCount: Int,
    facts: NodeFacts, least: Double, leafRows: Int
  ) {
    self.totals = totals
    self.left = left
    self.facts = facts
    self.least = least
    self.leafRows = leafRows
    var start = Score()
    start.start(totals, classCount)
    self.start = start
    whole = start.whole(facts.weight)
  }

  @inline(__always)
  mutating func scan(
    _ keys: UnsafePointer<UInt64>, _ cells: UnsafePointer<SIMD2<Double>>,
    _ ranking: ForestGrower.Ranking, missingLeft: Bool
  ) {
    let count = ranking.count
    var score = start
    var weight = 0.0
    let extra = missingLeft ? ranking.missingCount : 0

    @inline(__always) func move(_ i: Int) {
      let cell = cells[Int(keys[i] & 0xFFFF_FFFF)]
      let label = Int(cell.y)
      score.move(cell.x, left: left[label], right: totals[label] - left[label])
      left[label] += cell.x
      weight += cell.x
    }

    if missingLeft { for i in count..<(count + extra) { move(i) } }
    let first = max(1, leafRows - extra)
    let last = min(count, facts.count - leafRows - extra)
    let heaviest = facts.weight - least
    var (best, place) = (best, 0)
    for i in 0..<count {
      if i >= first, i <= last, keys[i] >> 32 != keys[i - 1] >> 32, weight >= least,
        weight <= heaviest
      {
        let own = score.score(left: weight, right: facts.weight - weight)
        if own > best {
          best = own
          place = i
        }
      }
      move(i)
    }
    if !missingLeft, ranking.missingCount > 0, count >= first, count <= last, weight >= least,
      weight <= heaviest
    {
      let own = score.score(left: weight, right: facts.weight - weight)
      if own > best {
        best = own
        place = count
      }
    }
    for i in 0..<(count + extra) { left[Int(cells[Int(keys[i] & 0xFFFF_FFFF)].y)] = 0 }
    guard place > 0 else { return }
    self.best = best
    isFound = true
    found = ScanResult(
      rank: Int(keys[place - 1] >> 32), next: place < count ? Int(keys[place] >> 32) : -1,
      missingLeft: missingLeft)
  }
}
