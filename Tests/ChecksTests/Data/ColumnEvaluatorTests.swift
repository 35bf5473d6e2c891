import Compute
import Learning
import Platform
import Support
import SystemPackage
import Testing

@testable import Checks

@Suite("Expressions over many rows") struct ColumnEvaluatorTests {
  private static let names = [
    "zeta", "글", "last name", "y.z", "and", "b`c", "not", "2nd", "a'b", "false", "_x", "ä-b",
  ]

  /// Half of the columns are numbers, the others text.
  @Test("are what they are row by row", arguments: 0..<60)
  func rowByRow(seed: Int) throws {
    var random = SeededRandom(seed: UInt64(seed))
    let numbers = ["0", "1", "-1", "0.1", "-2.5", "inf", "1e-7", "NA", "1", "123456789"]
    let texts = ["KR", "it's", "1", "NA", "x y", "한", "2.5", "-1", "["]
    let header = Self.names.map { "\"\($0)\"" }.joined(separator: ",") + "\n"
    let rows = (0..<200).map { _ in
      Self.names.indices.map { random.pick($0 % 2 == 0 ? numbers : texts) }.joined(separator: ",")
        + "\n"
    }
    let folder = try TemporaryFolder()
    try folder.write(header + rows.joined(), to: "t.csv")
    let stream = try TableStreams.open(folder.path.appending("t.csv"), partSize: 3000)
    let places = Dictionary(uniqueKeysWithValues: zip(Self.names, Self.names.indices))
    let expressions = (0..<40).map {
      RandomExpression.condition(seed: UInt64(seed * 100 + $0), depth: 4)
    }
    let readings = Self.names.indices.map {
      $0 % 2 == 0 ? TablePart.Reading.declaredNumbers : .text
    }
    var counts: [Truth: Int] = [:]
    try stream.read(readings, threads: 1) { part -> [[Truth]] in
      let block = RowBlock(part, places: places)
      return expressions.map { expression in
        let own = ColumnEvaluator(block).truths(expression)
        let evaluator = RowEvaluator(expression, in: block)
        let one = (0..<block.rowCount).map { Truth(evaluator.truth(expression, $0)) }
        #expect(own == one, "\(expression)")
        return own
      }
    } take: { truths in
      for truth in truths.joined() { counts[truth, default: 0] += 1 }
    }
    // All three come up.
    #expect(counts.count == 3)
  }
}
