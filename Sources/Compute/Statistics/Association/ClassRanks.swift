/// How well numbers tell classes apart: the area under the ROC curve of each class against all others, by the ranks of its
/// numbers (Mann and Whitney 1947). Equal numbers share the mean of their ranks.
///
/// Numbers come in ascending order, some at a time; nothing of them is kept, and nothing is rounded before the end.
package struct ClassRanks: Sendable {
  /// A number that has a class.
  package struct Member: Sendable {
    let key: UInt64
    let code: Int32

    /// - Parameters:
    ///   - bits: of a number that is not NaN, and not -0.
    ///   - code: of its class, from 0.
    package init(bits: UInt64, code: Int32) {
      key = DoubleKey.key(bits)
      self.code = code
    }
  }

  private var counts: [Int]
  /// Twice the sum of the ranks, which count from 1.
  private var ranks: [Int]
  private var total = 0

  package init(classes: Int) {
    counts = Array(repeating: 0, count: classes)
    ranks = counts
  }

  /// Adds numbers that are larger than all before.
  package mutating func add(sorting members: inout [Member]) {
    members.withUnsafeMutableBufferPointer { members in
      RadixSort.sort(members) { $0.key }
      var start = 0
      while start < members.count {
        var end = start + 1
        while end < members.count, members[end].key == members[start].key { end += 1 }
        // The ranks start + 1...end, behind those before.
        let rank = 2 * total + end - start + 1
        for place in start..<end {
          let code = Int(members[place].code)
          counts[code] += 1
          ranks[code] += rank
        }
        total += end - start
        start = end
      }
    }
  }

  /// Adds a number that is larger than all before, as often as each class has it.
  package mutating func add(tied times: [Int]) {
    precondition(times.count == counts.count, "a count for each class")
    let sum = times.reduce(0, +)
    let rank = 2 * total + sum + 1
    for (code, count) in times.enumerated() {
      counts[code] += count
      ranks[code] += count * rank
    }
    total += sum
  }

  /// The area of each class, 0 to 1; nil where it has no number, or nothing else has one.
  package var areas: [Double?] {
    counts.indices.map { code in
      let (own, others) = (counts[code], total - counts[code])
      guard own > 0, others > 0 else { return nil }
      return Double(ranks[code] - own * (own + 1)) / (2 * Double(own) * Double(others))
    }
  }
}
