/// Finds which of the files that went are which of the files that came, as git does (gitdiffcore(7)).
///
/// The same content first, then a similar one under the same name in another folder, then whatever is most similar; at
/// least half of the larger content must be common. A file is the origin of one other at most.
package struct RenameSearch: Sendable {
  /// A file that went or came.
  package struct Candidate: Sendable {
    package var path: [UInt8]
    package var content: [UInt8]

    package init(path: [UInt8], content: [UInt8]) {
      self.path = path
      self.content = content
    }

    fileprivate var name: ArraySlice<UInt8> {
      path.lastIndex(of: UInt8(ascii: "/")).map { path[($0 + 1)...] } ?? path[...]
    }
  }

  /// One rename, as places in the lists that were searched.
  package struct Match: Sendable, Hashable {
    package var from: Int
    package var to: Int
    /// Per cent of the content that is common.
    package var percent: Int
  }

  /// Comparing all with all costs the product; git gives up beyond the same number.
  private static let limit = 1_000_000
  private static let leastScore = ContentSimilarity.full / 2
  private static let leastScoreOfName = ContentSimilarity.full * 3 / 4

  private let gone: [Candidate]
  private let came: [Candidate]
  private var origin: [Int?]
  private var isUsed: [Bool]
  private var scores: [Int]

  /// - Returns: at most one match for each file that came, in their order.
  package static func matches(gone: [Candidate], came: [Candidate]) -> [Match] {
    var search = RenameSearch(gone: gone, came: came)
    search.matchEqual()
    search.matchSimilar()
    return came.indices.compactMap { place in
      search.origin[place].map {
        Match(from: $0, to: place, percent: search.scores[place] * 100 / ContentSimilarity.full)
      }
    }
  }

  private init(gone: [Candidate], came: [Candidate]) {
    self.gone = gone
    self.came = came
    origin = Array(repeating: nil, count: came.count)
    isUsed = Array(repeating: false, count: gone.count)
    scores = Array(repeating: 0, count: came.count)
  }

  private mutating func take(_ from: Int, for to: Int, _ score: Int) {
    origin[to] = from
    isUsed[from] = true
    scores[to] = score
  }

  /// The same bytes; of several, the one of the same name, else the first.
  private mutating func matchEqual() {
    var byContent: [[UInt8]: [Int]] = [:]
    // An empty file says nothing of where it came from.
    for place in gone.indices where !gone[place].content.isEmpty {
      byContent[gone[place].content, default: []].append(place)
    }
    for place in came.indices {
      let free = (byContent[came[place].content] ?? []).filter { !isUsed[$0] }
      let best = free.first { gone[$0].name == came[place].name } ?? free.first
      if let best { take(best, for: place, ContentSimilarity.full) }
    }
  }

  private mutating func matchSimilar() {
    let sources = gone.indices.filter { !isUsed[$0] && !gone[$0].content.isEmpty }
    let targets = came.indices.filter { origin[$0] == nil && !came[$0].content.isEmpty }
    guard !sources.isEmpty, !targets.isEmpty,
      sources.count.multipliedReportingOverflow(by: targets.count).partialValue <= Self.limit
    else { return }
    let old = sources.map { ContentSimilarity(of: gone[$0].content) }
    let new = targets.map { ContentSimilarity(of: came[$0].content) }
    // A name that is there once on both sides needs no comparison with all others.
    let oldNames = Dictionary(grouping: sources.indices) { gone[sources[$0]].name }
    let newNames = Dictionary(grouping: targets.indices) { came[targets[$0]].name }
    for to in targets.indices {
      let name = came[targets[to]].name
      guard newNames[name]?.count == 1, let from = oldNames[name], from.count == 1 else { continue }
      let score = old[from[0]].score(with: new[to])
      if score >= Self.leastScoreOfName { take(sources[from[0]], for: targets[to], score) }
    }
    var pairs: [(score: Int, sameName: Bool, from: Int, to: Int)] = []
    for to in targets.indices where origin[targets[to]] == nil {
      for from in sources.indices where !isUsed[sources[from]] {
        let score = old[from].score(with: new[to])
        guard score >= Self.leastScore else { continue }
        let sameName = gone[sources[from]].name == came[targets[to]].name
        pairs.append((score, sameName, sources[from], targets[to]))
      }
    }
    pairs.sort {
      if $0.score != $1.score { return $0.score > $1.score }
      if $0.sameName != $1.sameName { return $0.sameName }
      return ($0.to, $0.from) < ($1.to, $1.from)
    }
    for pair in pairs where origin[pair.to] == nil && !isUsed[pair.from] {
      take(pair.from, for: pair.to, pair.score)
    }
  }
}
