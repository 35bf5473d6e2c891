import Formats
import Support
import Testing

/// Compares named numbers with a peer's for many cases.
enum StatisticsComparison {
  /// - Parameters:
  ///   - answer: Python source of `answer(case)`, which gives for each name a number, or a list of
  ///     the number, the relative difference that is allowed, and the absolute one; without a list
  ///     10^-9 and 0. NaN must be NaN, and infinities must be equal.
  ///   - ours: our numbers; each name that the peer gives must be there.
  /// - Returns: how many numbers were compared.
  @discardableResult
  static func compare(
    _ cases: [JSONValue], _ answer: String, _ ours: (JSONValue) throws -> [String: Double]
  ) throws -> Int {
    let answers = try Peer.ask(prologue + answer, about: cases)
    var compared = 0
    for (example, answer) in zip(cases, answers) {
      let members = try #require(answer.members, "\(answer.text())")
      #expect(answer["error"] == nil, "\(answer.text()) \(shortened(example))")
      let values = try ours(example)
      for member in members {
        let parts = member.value.array ?? [member.value]
        let wanted = try #require(parts.first?.number, "\(member.key) \(answer.text())")
        let relative = parts.count > 1 ? parts[1].number ?? 0 : 1e-9
        let absolute = parts.count > 2 ? parts[2].number ?? 0 : 0
        let value = try #require(values[member.key], "no \(member.key)")
        let isSame =
          wanted == value || (wanted.isNaN && value.isNaN)
          || abs(wanted - value) <= relative * abs(wanted) + absolute
        #expect(isSame, "\(member.key): \(value), not \(wanted), of \(shortened(example))")
        compared += 1
      }
    }
    #expect(compared >= cases.count)
    return compared
  }

  static func doubles(_ example: JSONValue, _ key: String) -> [Double] {
    (example[key]?.array ?? []).map { $0.number ?? Double($0.string ?? "") ?? .nan }
  }

  static func integers(_ example: JSONValue, _ key: String) -> [Int] {
    (example[key]?.array ?? []).map { Int($0.int ?? 0) }
  }

  static func number(_ example: JSONValue, _ key: String) -> Double {
    example[key]?.number ?? Double(example[key]?.string ?? "") ?? .nan
  }

  static func integer(_ example: JSONValue, _ key: String) -> Int { Int(example[key]?.int ?? 0) }

  static func list(_ numbers: [Double]) -> JSONValue { .array(numbers.map { .double($0) }) }
  static func list(_ numbers: [Int]) -> JSONValue { .array(numbers.map { .int(Int64($0)) }) }

  private static func shortened(_ example: JSONValue) -> String {
    let text = example.text()
    return text.count > 1500 ? text.prefix(1500) + "…" : text
  }

  private static let prologue = """
    import math, warnings
    from fractions import Fraction
    import numpy as np
    import scipy
    from scipy import special, stats
    warnings.simplefilter("ignore")
    np.seterr(all="ignore")

    def column(case, name):
        return [float(x) for x in case[name]]

    def rounded(x):
        "A fraction as the nearest double."
        try: return float(x)
        except OverflowError: return math.inf if x > 0 else -math.inf

    def root(x):
        "The square root of a fraction, to 200 bits at least."
        if x == 0: return Fraction(0)
        shift = 400 + max(0, x.denominator.bit_length() - x.numerator.bit_length())
        shift += shift % 2
        return Fraction(math.isqrt((x.numerator << shift) // x.denominator), 1 << shift // 2)


    """
}
