@testable import Checks
import Formats
import Platform
import Support
import Testing

@Suite("Suites written and read") struct DataSuiteWritingTests {
  @Test("a suite reads back as it was", arguments: 0..<100)
  func back(seed: UInt64) throws {
    var random = RandomSuite(seed: seed)
    let suite = random.suite()
    let text = suite.yaml()
    let read: DataSuite
    do { read = try ChecksTests.suite(text).unplaced } catch {
      Issue.record("\(error)\n\(text)")
      return
    }
    var (expected, actual) = (suite.unplaced, read)
    // The file has its own order.
    (expected.tests, actual.tests) = ([], [])
    #expect(actual == expected, "\(text)")
    let (ours, theirs) = (suite.unplaced.tests, read.tests)
    #expect(ours.count == theirs.count)
    #expect(ours.filter { !theirs.contains($0) }.map { $0.line() } == [], "\(text)")
    #expect(theirs.filter { !ours.contains($0) }.map { $0.line() } == [], "\(text)")
    // And what is written of that is the same again.
    #expect(try ChecksTests.suite(read.yaml()).yaml() == text)
  }

  @Test("the long form of every test reads back too", arguments: 300..<330)
  func longForms(seed: UInt64) throws {
    var random = RandomSuite(seed: seed)
    let suite = random.suite()
    for test in suite.tests {
      var alone = DataSuite(file: "", data: suite.data)
      alone.reference = suite.reference
      let entries = test.longForm
      let isSplit = if case .split = test.kind { true } else { false }
      let list = LongForms.text(entries, isSplit: isSplit)
      let read = try ChecksTests.suite(alone.yaml() + list).tests.map(\.unplaced)
      var expected = test.unplaced
      expected.text = expected.shortForm()
      #expect(read == [expected], "\(list)")
    }
  }

  @Test("a share is written by its digits", arguments: 0..<200)
  func shares(seed: UInt64) throws {
    var random = SeededRandom(seed: seed)
    let value = Double.random(in: 0...1, using: &random) * random.pick([1, 1e-3, 1e-9, 1e-30])
    let text = SuiteNumber.percentage(value)
    var cursor = SuiteCursor(SuiteText(text))
    #expect(try cursor.measure(.share, of: "it") == value, "\(text)")
  }

  @Test(
    "shares and times look as people write them",
    arguments: [
      (SuiteNumber.percentage(0.05), "5%"), (SuiteNumber.percentage(0.999), "99.9%"),
      (SuiteNumber.percentage(0.07), "7%"), (SuiteNumber.percentage(1), "100%"),
      (SuiteNumber.percentage(0), "0%"), (SuiteNumber.percentage(2.5), "250%"),
      (SuiteNumber.percentage(0.0001), "0.01%"), (SuiteNumber.percentage(1e-7), "0.00001%"),
      (SuiteNumber.text(1000), "1000"), (SuiteNumber.text(-0.5), "-0.5"),
      (SuiteNumber.text(1e22), "1e22"), (SuiteNumber.duration(172_800), "2d"),
      (SuiteNumber.duration(129_600), "36h"), (SuiteNumber.duration(90), "90s"),
      (SuiteNumber.duration(0.5), "0.5s"), (SuiteNumber.duration(0), "0s"),
    ])
  func texts(text: String, expected: String) { #expect(text == expected) }
}
