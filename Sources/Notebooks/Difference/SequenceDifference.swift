/// What two sequences have in common, in order: the shortest way from one to the other (Myers 1986), found between
/// items that stand once in both.
struct SequenceDifference {
  /// Items that are the same in both: `old[match.old] == new[match.new]`, rising in both.
  struct Match: Hashable {
    var old: Int
    var new: Int
  }

  private(set) var matches: [Match] = []
  private let old: [Int]
  private let new: [Int]
  /// More changed items than this between two anchors are taken for a replacement of all.
  private static let mostEdits = 1500

  /// - Parameters: numbers that stand for the items, equal ones for equal items (``Interning``).
  init(_ old: [Int], _ new: [Int]) {
    self.old = old
    self.new = new
    compare(0..<old.count, 0..<new.count)
  }

  private mutating func compare(_ olds: Range<Int>, _ news: Range<Int>) {
    var (olds, news) = (olds, news)
    while let a = olds.first, let b = news.first, old[a] == new[b] {
      matches.append(Match(old: a, new: b))
      olds.removeFirst()
      news.removeFirst()
    }
    var tail: [Match] = []
    while let a = olds.last, let b = news.last, old[a] == new[b] {
      tail.append(Match(old: a, new: b))
      olds.removeLast()
      news.removeLast()
    }
    if !olds.isEmpty, !news.isEmpty {
      let anchors = anchors(olds, news)
      if anchors.isEmpty {
        walk(olds, news)
      } else {
        var (a, b) = (olds.lowerBound, news.lowerBound)
        for anchor in anchors {
          compare(a..<anchor.old, b..<anchor.new)
          matches.append(anchor)
          (a, b) = (anchor.old + 1, anchor.new + 1)
        }
        compare(a..<olds.upperBound, b..<news.upperBound)
      }
    }
    matches += tail.reversed()
  }

  /// Items that stand once in both parts, the most of them that rise in both. None for small parts, which are walked.
  private func anchors(_ olds: Range<Int>, _ news: Range<Int>) -> [Match] {
    guard olds.count + news.count > 128 else { return [] }
    var counts: [Int: (old: Int, oldCount: Int, newCount: Int)] = [:]
    for index in olds { counts[old[index], default: (index, 0, 0)].oldCount += 1 }
    for index in news { counts[new[index], default: (-1, 0, 0)].newCount += 1 }
    let unique = news.compactMap { index -> Match? in
      guard let entry = counts[new[index]], entry.oldCount == 1, entry.newCount == 1 else {
        return nil
      }
      return Match(old: entry.old, new: index)
    }
    return LongestRise.indices(unique.map(\.old)).map { unique[$0] }
  }

  /// Myers' greedy walk, each step's reach kept for the way back.
  private mutating func walk(_ olds: Range<Int>, _ news: Range<Int>) {
    let (n, m) = (olds.count, news.count)
    let most = min(n + m, Self.mostEdits)
    var reach = [Int](repeating: 0, count: 2 * most + 3)
    let middle = most + 1
    var history: [[Int]] = []
    var found: Int?
    search: for step in 0...most {
      history.append(Array(reach[(middle - step)...(middle + step)]))
      for diagonal in stride(from: -step, through: step, by: 2) {
        var x: Int
        if diagonal == -step
          || diagonal != step && reach[middle + diagonal - 1] < reach[middle + diagonal + 1]
        {
          x = reach[middle + diagonal + 1]
        } else {
          x = reach[middle + diagonal - 1] + 1
        }
        var y = x - diagonal
        while x < n, y < m, old[olds.lowerBound + x] == new[news.lowerBound + y] {
          x += 1
          y += 1
        }
        reach[middle + diagonal] = x
        if x >= n, y >= m {
          found = step
          break search
        }
      }
    }
    guard let found else { return }
    var (x, y) = (n, m)
    var way: [Match] = []
    for step in stride(from: found, through: 0, by: -1) {
      let diagonal = x - y
      let reached = history[step]
      func before(_ diagonal: Int) -> Int {
        let place = diagonal + step
        return reached.indices.contains(place) ? reached[place] : 0
      }
      let goesDown =
        diagonal == -step || diagonal != step && before(diagonal - 1) < before(diagonal + 1)
      let from = goesDown ? diagonal + 1 : diagonal - 1
      let startX = step == 0 ? 0 : before(from)
      let startY = step == 0 ? 0 : startX - from
      let (first, second) =
        step == 0 ? (0, 0) : goesDown ? (startX, startY + 1) : (startX + 1, startY)
      while x > first, y > second {
        x -= 1
        y -= 1
        way.append(Match(old: olds.lowerBound + x, new: news.lowerBound + y))
      }
      (x, y) = (startX, startY)
    }
    matches += way.reversed()
  }
}
