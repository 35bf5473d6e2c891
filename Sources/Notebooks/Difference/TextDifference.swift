/// How two texts differ, by their lines.
package struct TextDifference: Sendable, Hashable {
  /// Lines that changed, with a few around them.
  package struct Hunk: Sendable, Hashable {
    package enum Line: Sendable, Hashable {
      case same(String), removed(String), added(String)
    }

    /// The first line of the old text and of the new one, from 1.
    package var oldStart: Int
    package var newStart: Int
    package var lines: [Line]

    package var oldCount: Int {
      lines.count { if case .added = $0 { false } else { true } }
    }

    package var newCount: Int {
      lines.count { if case .removed = $0 { false } else { true } }
    }
  }

  package var hunks: [Hunk]

  package var isEmpty: Bool { hunks.isEmpty }

  /// - Parameter context: how many lines that are the same stand around changes.
  package init(_ old: String, _ new: String, context: Int = 3) {
    hunks = []
    guard !old.hasSameBytes(as: new) else { return }
    let (olds, news) = (PythonLines.split(old), PythonLines.split(new))
    var interning = Interning()
    let difference = SequenceDifference(interning.numbers(olds), interning.numbers(news))
    var all: [(line: Hunk.Line, old: Int, new: Int)] = []
    var (a, b) = (0, 0)
    for match in difference.matches + [.init(old: olds.count, new: news.count)] {
      while a < match.old {
        all.append((.removed(olds[a]), a, b))
        a += 1
      }
      while b < match.new {
        all.append((.added(news[b]), a, b))
        b += 1
      }
      if a < olds.count { all.append((.same(olds[a]), a, b)) }
      (a, b) = (a + 1, b + 1)
    }
    hunks = Self.hunks(all, context: context)
  }

  private static func hunks(
    _ all: [(line: Hunk.Line, old: Int, new: Int)], context: Int
  ) -> [Hunk] {
    var hunks: [Hunk] = []
    var end = 0
    for (index, entry) in all.enumerated() {
      if case .same = entry.line { continue }
      let start = max(0, index - context)
      if start > end || hunks.isEmpty {
        hunks.append(
          Hunk(oldStart: all[start].old + 1, newStart: all[start].new + 1, lines: []))
        end = start
      }
      let stop = min(all.count, index + context + 1)
      if stop > end {
        hunks[hunks.count - 1].lines += all[end..<stop].map(\.line)
        end = stop
      }
    }
    return hunks
  }
}
