import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Explaining linear models") struct LinearExplanationTests {
  private let pool = WorkerPool(threads: 2)

  private func explain(
    _ model: String, _ text: String, rows: Range<Int>? = nil
  ) throws -> (TableExplanation, Predictions) {
    let folder = try TemporaryFolder()
    let model = try ModelFile.read(folder.write(model, to: "model.json"))
    let table = try TableFile.read(
      folder.write(text, to: "table.csv"), asText: model.textColumns)
    return (
      try model.explain(table, rows: rows, on: pool), try model.predict(table, on: pool)
    )
  }

  /// 4 + (x - 1.5) / 2 + 2r - 3.5g: x adds 0.5 for each unit.
  private static let linear = """
    {"format": "reprise.model/1", "kind": "linear", "target": "y",
     "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                  {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": false}],
     "coefficients": [1, 2, -3.5], "intercept": 4}
    """

  @Test("by hand: a coefficient times the distance to the table's mean; a text is one column")
  func byHand() throws {
    let table = "c,x\nr,1\ng,5\nr,0\n?,2\n"
    let (explanation, predictions) = try explain(Self.linear, table)
    #expect(explanation.features == ["x", "c"] && explanation.outputs == [])
    // The mean of x is 2, what colours add is 2, -3.5, 2 and 0: 0.125 in the mean.
    let bias = 4 + (2 - 1.5) / 2 + 0.125
    #expect(Array(explanation.shares(row: 0)) == [-0.5, 1.875, bias])
    #expect(Array(explanation.shares(row: 1)) == [1.5, -3.625, bias])
    #expect(Array(explanation.shares(row: 2)) == [-1, 1.875, bias])
    #expect(Array(explanation.shares(row: 3)) == [0, -0.125, bias])
    #expect(explanation.means() == [0.75, 1.875])
    for row in 0..<4 {
      let sum = explanation.shares(row: row).reduce(0, +)
      #expect((sum - (predictions.values?[row] ?? .nan)).magnitude < 1e-12)
    }
    #expect(
      explanation.notes == ["column `c` has 1 cell with a category that was not there in training"])
    // The mean stays that of the whole table.
    let one = try explain(Self.linear, table, rows: 1..<2).0
    #expect(one.rowCount == 1)
    #expect(Array(one.shares(row: 1)) == [1.5, -3.625, bias])
  }

  @Test("a column that is the same everywhere has no share, nor has any of a single row")
  func constant() throws {
    let table = "x,c\n" + (0..<100).map { "0.1,\($0 % 3 == 0 ? "r" : "g")\n" }.joined()
    let explanation = try explain(Self.linear, table).0
    for row in 0..<100 { #expect(explanation.shares(row: row).first == 0) }
    let single = try explain(Self.linear, "x,c\n7,g\n").0
    #expect(Array(single.shares(row: 0)) == [0, 0, 4 + 2.75 - 3.5])
  }

  @Test("shares of trained models add up to the log odds of two classes, and to scores of three")
  func additivity() async throws {
    for drops in [true, false] {
      let folder = try TemporaryFolder()
      var text = flowers(rows: 300)
      if drops { text = text.replacing("tulip", with: "rose") }
      let result = try await folder.train(text)
      let model = try ModelFile.read(try #require(result.models.first).path)
      let table = try TableFile.read(
        folder.path.appending("data.csv"), asText: model.textColumns)
      let explanation = try model.explain(table, rows: nil, on: pool)
      let shares = try model.predict(table, on: pool).probabilities
      #expect(explanation.outputs == (drops ? [] : ["iris", "rose", "tulip"]))
      for row in 0..<300 {
        let margins = (0..<explanation.outputCount).map {
          explanation.shares(row: row, output: $0).reduce(0, +)
        }
        let scores = drops ? [0, margins[0]] : margins
        let first = Elementary8.logarithm(shares[row, 0])
        for k in scores.indices {
          // Scores say no more than how far they are apart.
          let distance = Elementary8.logarithm(shares[row, k]) - first
          #expect((scores[k] - scores[0] - distance).magnitude < 1e-9, "row \(row)")
        }
        let likeliest = shares.row(row).enumerated().max { $0.element < $1.element }?.offset
        if !drops { #expect(explanation.likeliest(row: row) == likeliest) }
      }
    }
  }

  @Test("a table without rows has no shares") func empty() throws {
    let explanation = try explain(Self.linear, "x,c\n").0
    #expect(explanation.rowCount == 0)
    #expect(String(decoding: explanation.csv, as: UTF8.self) == "x,c,bias\n")
  }

  @Test("numbers beyond all bounds are told by their row") func bounds() throws {
    let model = Self.linear.replacing("[1, 2, -3.5]", with: "[1e300, 2, -3.5]")
    let failure = #expect(throws: Failure.self) {
      try explain(model, "x,c\n1,r\n1e20,g\n", rows: 0..<1)
    }
    #expect(failure?.message.contains("what `x` adds") == true, "\(String(describing: failure))")
    #expect(failure?.location?.line == 3)
    let sums = #expect(throws: Failure.self) {
      try explain(
        Self.linear.replacing("[1, 2, -3.5]", with: "[1, 1.7e308, -1.7e308]"), "x,c\n1,r\n1,g\n")
    }
    #expect(sums?.message.contains("no finite numbers") == true, "\(String(describing: sums))")
  }
}
