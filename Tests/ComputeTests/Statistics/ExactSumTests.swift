import Compute
import Support
import Testing

@Suite("Exact sums") struct ExactSumTests {
  @Test("nothing is lost between large numbers that cancel")
  func cancellation() {
    #expect(ExactSum([1e308, 1, -1e308]).value == 1)
    #expect(ExactSum([1e308, 1e308, 1e308, -1e308, -1e308, -1e308, 0x1p-1074]).value == 0x1p-1074)
    #expect(ExactSum([1, 0x1p-53]).value == 1)
    #expect(ExactSum([1, 0x1p-53, 0x1p-1074]).value == 1 + 0x1p-52)
    #expect(ExactSum([-1, -0x1p-53, -0x1p-1074]).value == -1 - 0x1p-52)
    #expect(ExactSum([0.1, 0.2, 0.3, -0.6]).value == 2.7755575615628914e-17)
  }

  @Test("sums beyond all doubles are infinite, and come back")
  func overflow() {
    let largest = Double.greatestFiniteMagnitude
    #expect(ExactSum([largest, largest]).value == .infinity)
    #expect(ExactSum([-largest, -largest]).value == -.infinity)
    #expect(ExactSum([largest, largest, -largest]).value == largest)
    // Half a unit in the last place more rounds up, a little less does not.
    #expect(ExactSum([largest, 0x1p970]).value == .infinity)
    #expect(ExactSum([largest, 0x1p970, -0x1p-1074]).value == largest)
    #expect(ExactSum([largest, largest]).value(over: 2) == largest)
  }

  @Test(
    "what is not finite adds up as in IEEE arithmetic",
    arguments: [
      ([.infinity, 1], .infinity), ([-.infinity, -1], -.infinity),
      ([.infinity, .infinity], .infinity), ([.infinity, 1, -.infinity], .nan), ([1, .nan], .nan),
      ([.nan, .infinity], .nan), ([], 0), ([-0.0], 0), ([5, -5], 0),
    ] as [([Double], Double)])
  func special(numbers: [Double], sum: Double) {
    for numbers in [numbers, numbers.reversed(), numbers + [Double](repeating: 0, count: 3000)] {
      let value = ExactSum(numbers).value
      #expect(value == sum || (value.isNaN && sum.isNaN), "\(value)")
      #expect(value.sign == .plus || value < 0)
    }
  }

  @Test("neither order nor parts matter, 60 columns", arguments: 0..<60)
  func order(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    let wide = random.chance(1, of: 2) ? 1000 : 20
    let numbers = (0..<Int.random(in: 1...5000, using: &random)).map { _ in
      let x = Double(
        sign: random.chance(1, of: 2) ? .plus : .minus,
        exponent: Int.random(in: -wide...wide, using: &random),
        significand: Double.random(in: 1..<2, using: &random))
      return random.chance(1, of: 50) ? 0 : x
    }
    let whole = ExactSum(numbers)
    var single = ExactSum()
    for x in numbers.shuffled(using: &random) { single.add(x) }
    var merged = ExactSum()
    var rest = numbers.reversed()[...]
    while !rest.isEmpty {
      let size = Int.random(in: 1...(random.chance(1, of: 2) ? 10 : 4000), using: &random)
      merged.merge(ExactSum(Array(rest.prefix(size))))
      rest = rest.dropFirst(size)
    }
    #expect(single == whole)
    #expect(merged == whole)
    #expect(single.value.bitPattern == whole.value.bitPattern)
    #expect(merged.value.bitPattern == whole.value.bitPattern)
    var negated = ExactSum(numbers.map { -$0 })
    #expect(negated.value == -whole.value)
    negated.merge(whole)
    #expect(negated == ExactSum())
    #expect(negated.value == 0)
  }

  @Test("carries are brought on before they run over")
  func carries() {
    // The largest digits at one place, over and over.
    for x in [0x1.fffffffffffffp0, -0x1.fffffffffffffp31, .greatestFiniteMagnitude] {
      var sum = ExactSum()
      for _ in 0..<100_000 { sum.add(x) }
      #expect(sum.value(over: 100_000) == x)
      var times = ExactSum()
      times.add(x, times: 99_999)
      times.add(x, times: 1)
      times.add(x, times: 0)
      #expect(times == sum)
      var bulk = ExactSum([Double](repeating: x, count: 100_000))
      #expect(bulk == sum)
      bulk.add(-x, times: 100_000)
      #expect(bulk.value == 0)
    }
  }

  @Test("more than a table's worth at once")
  func long() {
    let count = 1 << 20 + 3
    let numbers = [Double](repeating: -0x1.fffffffffffffp1023, count: count)
    var sum = ExactSum(numbers)
    sum.add(0x1.fffffffffffffp1023, times: count - 1)
    #expect(sum.value == -0x1.fffffffffffffp1023)
    #expect(Moments(numbers).mean == -0x1.fffffffffffffp1023)
    #expect(Moments(numbers).deviation(freedomsLost: 1) == 0)
  }

  @Test("counts as large as can be")
  func manyTimes() {
    var sum = ExactSum()
    sum.add(3, times: .max)
    sum.add(-3, times: .max)
    sum.add(0.5, times: 3)
    #expect(sum.value == 1.5)
    sum.add(.greatestFiniteMagnitude, times: .max)
    #expect(sum.value == .infinity)
  }
}
