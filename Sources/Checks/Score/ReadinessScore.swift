import Formats

/// The ML Test Score of a project: for each of 28 tests what was found, and the least of the four groups' sums.
package struct ReadinessScore: Sendable {
  package struct Evidence: Sendable, Hashable {
    /// 1: it is tested by itself and passes; 0.5: it is there, or written down.
    package var points: Double
    /// What was found, and where: `tests/data/train.yml: 12 tests pass`.
    package var text: String

    package init(_ points: Double, _ text: String) {
      self.points = points
      self.text = text
    }
  }

  package private(set) var evidence: [ScoreItem: [Evidence]] = [:]

  package init() {}

  package mutating func add(_ item: ScoreItem, _ points: Double, _ text: String) {
    let one = Evidence(points, text)
    if evidence[item]?.contains(one) != true { evidence[item, default: []].append(one) }
  }

  /// The best that was found.
  package func points(_ item: ScoreItem) -> Double {
    evidence[item]?.map(\.points).max() ?? 0
  }

  /// What gives the points; nil when nothing was found.
  package func best(_ item: ScoreItem) -> Evidence? {
    evidence[item]?.first { $0.points == points(item) }
  }

  package func sum(_ group: ScoreItem.Group) -> Double {
    ScoreItem.allCases.filter { $0.group == group }.reduce(0) { $0 + points($1) }
  }

  /// From 0 to 7.
  package var total: Double { ScoreItem.Group.allCases.map(sum).min() ?? 0 }

  /// What the paper says of such a score.
  package var meaning: String {
    switch total {
    case 0: "more of a research project than a system to depend on"
    case ...1: "not untested, but with serious holes"
    case ...2: "a first pass at what production needs"
    case ...3: "reasonably tested, with more to automate"
    case ...5: "strong: much of it is tested by itself"
    default: "exceptional"
    }
  }

  package var json: JSONValue {
    [
      "score": .double(total), "meaning": .string(meaning),
      "groups": .object(
        ScoreItem.Group.allCases.map { .init($0.rawValue, .double(sum($0))) }),
      "items": .array(
        ScoreItem.allCases.map { item in
          [
            "item": .string(item.rawValue), "group": .string(item.group.rawValue),
            "title": .string(item.title), "points": .double(points(item)),
            "evidence": .array(
              (evidence[item] ?? []).map {
                ["points": .double($0.points), "text": .string($0.text)]
              }),
            "hint": item.hint.map { .string($0) } ?? .null,
          ]
        }),
    ]
  }
}
