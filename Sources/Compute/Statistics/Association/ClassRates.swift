/// How well categories tell classes apart when each stands for the share of a class that was learnt for it: the area under the
/// ROC curve of each class against all others.
///
/// Shares are learnt from some rows and judged by others; or, for one table, each pair of rows of which one has the class and
/// the other has not is judged by what all but these two tell (leave-pair-out: Airola and others 2011), so that a column that
/// names each row tells nothing, and neither does one that is always the same.
package struct ClassRates: Sendable {
  /// How many rows of a category have a class.
  package struct Part: Sendable {
    package let code: Int
    package let learnt: Int
    package let judged: Int

    package init(code: Int, learnt: Int, judged: Int) {
      (self.code, self.learnt, self.judged) = (code, learnt, judged)
    }
  }

  /// A share that categories have of a class.
  private struct Rate: Hashable {
    var code: Int
    /// Of a number that is not below 0, so that bits have its order.
    var bits: UInt64
  }

  /// Judged rows with a share: those of the class, and all.
  private struct Rows {
    var own = 0
    var all = 0
  }

  private let learnt: [Int]
  private let judged: [Int]
  private let isOneTable: Bool
  /// Shares above 0; what is in none of them has a share of 0.
  private var rates: [Rate: Rows] = [:]
  /// Rows of categories that nothing is learnt of.
  private var unknown: [Int]
  private var allUnknown = 0
  /// Pairs of rows of one category, of which one has the class: what is learnt without the two is the same for both.
  private var ties: [Int]

  /// - Parameters:
  ///   - learnt: rows of each class that shares are learnt from.
  ///   - judged: rows of each class that are told; nil when they are the same.
  package init(learnt: [Int], judged: [Int]?) {
    precondition(judged.map { $0.count == learnt.count } ?? true, "as many classes")
    self.learnt = learnt
    self.judged = judged ?? learnt
    isOneTable = judged == nil
    unknown = Array(repeating: 0, count: learnt.count)
    ties = unknown
  }

  /// Adds a category.
  ///
  /// - Parameter parts: of each class that has it, once.
  package mutating func add(_ parts: ArraySlice<Part>) {
    let known = parts.reduce(0) { $0 + $1.learnt }
    let rows = isOneTable ? known : parts.reduce(0) { $0 + $1.judged }
    guard known > (isOneTable ? 1 : 0) else {
      allUnknown += rows
      for part in parts { unknown[part.code] += isOneTable ? part.learnt : part.judged }
      return
    }
    for part in parts where part.learnt > 0 {
      guard isOneTable else {
        note(part.code, part.learnt, of: known, own: part.judged, all: rows)
        continue
      }
      let (own, others) = (part.learnt, known - part.learnt)
      note(part.code, own - 1, of: known - 1, own: own, all: own)
      note(part.code, own, of: known - 1, own: 0, all: others)
      ties[part.code] += own * others
    }
  }

  private mutating func note(_ code: Int, _ count: Int, of known: Int, own: Int, all: Int) {
    guard count > 0, all > 0 else { return }
    let rate = Rate(code: code, bits: (Double(count) / Double(known)).bitPattern)
    rates[rate, default: Rows()].own += own
    rates[rate, default: Rows()].all += all
  }

  /// The area of each class, 0 to 1; nil where no judged row has it, or all have.
  package var areas: [Double?] {
    var steps = [[(bits: UInt64, rows: Rows)]](repeating: [], count: learnt.count)
    for (rate, rows) in rates { steps[rate.code].append((rate.bits, rows)) }
    let (allLearnt, allJudged) = (learnt.reduce(0, +), judged.reduce(0, +))
    return steps.indices.map { code in
      let others = allJudged - judged[code]
      guard judged[code] > 0, others > 0 else { return nil }
      var own = steps[code]
      if allUnknown > 0, learnt[code] > 0 {
        // What nothing is known of has the share that all rows have.
        let share = Double(learnt[code]) / Double(allLearnt)
        own.append((share.bitPattern, Rows(own: unknown[code], all: allUnknown)))
      }
      let rest = Rows(
        own: judged[code] - own.reduce(0) { $0 + $1.rows.own },
        all: allJudged - own.reduce(0) { $0 + $1.rows.all })
      own.append((0, rest))
      return Self.area(own, ties: ties[code], judged[code], others)
    }
  }

  private static func area(
    _ steps: [(bits: UInt64, rows: Rows)], ties: Int, _ own: Int, _ others: Int
  ) -> Double {
    // Twice the pairs in which the row of the class has the larger share.
    var (doubled, below) = (ties, 0)
    let steps = steps.sorted { $0.bits < $1.bits }
    var start = 0
    while start < steps.count {
      var (end, same) = (start, Rows())
      while end < steps.count, steps[end].bits == steps[start].bits {
        same.own += steps[end].rows.own
        same.all += steps[end].rows.all
        end += 1
      }
      doubled += same.own * (2 * below + same.all - same.own)
      below += same.all - same.own
      start = end
    }
    return Double(doubled) / (2 * Double(own) * Double(others))
  }
}
