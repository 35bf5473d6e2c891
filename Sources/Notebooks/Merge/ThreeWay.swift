/// What to take of three sequences so that both sides' changes to the base are there (diff3, by items).
///
/// Changes that touch and do not overlap stand side by side; two insertions at one place that differ are a conflict.
struct ThreeWay {
  enum Region: Hashable {
    /// Nobody changed it.
    case base(Range<Int>)
    case ours(Range<Int>)
    case theirs(Range<Int>)
    /// Changed on both sides, differently.
    case conflict(base: Range<Int>, ours: Range<Int>, theirs: Range<Int>)
  }

  private(set) var regions: [Region] = []

  var hasConflicts: Bool {
    regions.contains { if case .conflict = $0 { true } else { false } }
  }

  /// A part of the base and what a side has instead.
  private struct Hunk {
    var base: Range<Int>
    var side: Range<Int>
  }

  init(base: [Int], ours: [Int], theirs: [Int]) {
    let left = Self.hunks(base, ours)
    let right = Self.hunks(base, theirs)
    var (i, j) = (0, 0)
    var place = 0
    while i < left.count || j < right.count {
      let first = i < left.count ? left[i] : nil
      let second = j < right.count ? right[j] : nil
      if let first, second.map({ Self.isBefore(first, $0) }) ?? true {
        keep(&place, to: first.base)
        regions.append(.ours(first.side))
        i += 1
      } else if let second, first.map({ Self.isBefore(second, $0) }) ?? true {
        keep(&place, to: second.base)
        regions.append(.theirs(second.side))
        j += 1
      } else {
        // They overlap: all that hangs together is one region.
        let (mineBase, otherBase) = (left[i].base, right[j].base)
        var union =
          min(
            mineBase.lowerBound, otherBase.lowerBound)..<max(
            mineBase.upperBound, otherBase.upperBound)
        var (a, b) = (i + 1, j + 1)
        while true {
          if a < left.count, Self.reaches(left[a].base, union) {
            union = union.lowerBound..<max(union.upperBound, left[a].base.upperBound)
            a += 1
          } else if b < right.count, Self.reaches(right[b].base, union) {
            union = union.lowerBound..<max(union.upperBound, right[b].base.upperBound)
            b += 1
          } else {
            break
          }
        }
        keep(&place, to: union)
        let mine = Self.side(left[i..<a], union)
        let other = Self.side(right[j..<b], union)
        regions.append(
          ours[mine].elementsEqual(theirs[other])
            ? .ours(mine) : .conflict(base: union, ours: mine, theirs: other))
        (i, j) = (a, b)
      }
    }
    keep(&place, to: base.count..<base.count)
  }

  private mutating func keep(_ place: inout Int, to range: Range<Int>) {
    if place < range.lowerBound { regions.append(.base(place..<range.lowerBound)) }
    place = max(place, range.upperBound)
  }

  private static func isBefore(_ first: Hunk, _ second: Hunk) -> Bool {
    guard first.base.upperBound <= second.base.lowerBound else { return false }
    return
      !(first.base.isEmpty && second.base.isEmpty
      && first.base.lowerBound == second.base.lowerBound)
  }

  private static func reaches(_ range: Range<Int>, _ union: Range<Int>) -> Bool {
    range.lowerBound < union.upperBound
      || range.isEmpty && union.isEmpty && range.lowerBound == union.upperBound
  }

  /// What a side has for a part of the base that its hunks lie in.
  private static func side(_ hunks: ArraySlice<Hunk>, _ union: Range<Int>) -> Range<Int> {
    guard let first = hunks.first, let last = hunks.last else { return 0..<0 }
    let start = first.side.lowerBound - (first.base.lowerBound - union.lowerBound)
    return start..<(last.side.upperBound + union.upperBound - last.base.upperBound)
  }

  private static func hunks(_ base: [Int], _ side: [Int]) -> [Hunk] {
    var hunks: [Hunk] = []
    var (a, b) = (0, 0)
    for match in SequenceDifference(base, side).matches + [.init(old: base.count, new: side.count)]
    {
      if a < match.old || b < match.new {
        hunks.append(Hunk(base: a..<match.old, side: b..<match.new))
      }
      (a, b) = (match.old + 1, match.new + 1)
    }
    return hunks
  }
}
