import Formats
import Platform
import Support
import Testing

/// `reprise models explain` of every kind of model, as a user runs it.
@Suite("reprise models explain") struct ModelsExplainTests {
  private func explain(
    _ model: String, _ words: String..., table: String = "x,c\n0,r\n0,g\n1,r\n,\n"
  ) async throws -> (result: Program.Result, folder: TemporaryFolder) {
    let folder = try TemporaryFolder()
    try folder.write(model, to: "model.json")
    try folder.write(table, to: "rows.csv")
    let words = ["models", "explain", "model.json", "rows.csv"] + words
    return (try await Program.run(words, in: folder.path), folder)
  }

  /// The cells of a CSV file below its head.
  private func cells(_ file: String, _ folder: TemporaryFolder) throws -> [[String]] {
    try folder.read(file).split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
  }

  @Test("a forest's shares are those of each class's probability") func forest() async throws {
    let (result, folder) = try await explain(Self.forest, "-o", "shares.csv")
    #expect(result.status == 0, "\(result)")
    #expect(try folder.read("shares.csv").hasPrefix("row,class,x,c,bias\n"))
    let lines = try cells("shares.csv", folder)
    #expect(lines.map { $0[0] } == ["1", "1", "2", "2", "3", "3", "4", "4"])
    #expect(lines.map { $0[1] } == ["a", "b", "a", "b", "a", "b", "a", "b"])
    // Rows that lack x go right, to b.
    for (line, probability) in zip(lines, [1, 0, 0.25, 0.75, 0, 1, 0, 1]) {
      let numbers = line.dropFirst(2).compactMap { Double($0) }
      #expect(numbers.count == 3)
      #expect((numbers.reduce(0, +) - probability).magnitude < 1e-12, "\(line)")
      // 3 rows of a, 4 of which a quarter is a, and 1 of b: half of either.
      #expect(line.last == "0.5")
    }
  }

  @Test("one row of a forest is explained for its likeliest class, or for another")
  func row() async throws {
    let (likeliest, _) = try await explain(Self.forest, "--row", "2")
    #expect(likeliest.output.hasPrefix("Row 2: y is b\nmean margin 0.5, this row 0.75\n"))
    let (chosen, _) = try await explain(Self.forest, "--row", "2", "--class", "a", "--json")
    let json = try JSONValue(parsing: chosen.output)
    #expect(json["class"]?.string == "a")
    #expect(json["row"]?.int == 2)
    let shares = try #require(json["shares"]?.members).compactMap(\.value.number)
    #expect((shares.reduce(0.5, +) - 0.25).magnitude < 1e-12)
    let (drawn, folder) = try await explain(Self.forest, "--row", "1", "--svg", "row.svg")
    #expect(drawn.status == 0, "\(drawn)")
    #expect(try folder.read("row.svg").contains("c = r"))
    let (beyond, _) = try await explain(Self.forest, "--row", "5")
    #expect(beyond.status == 2)
    #expect(beyond.error.contains("the table has 4 rows, counted from 1"), "\(beyond)")
    let (unknown, _) = try await explain(Self.forest, "--row", "1", "--class", "z")
    #expect(unknown.error.contains("there are: a, b"), "\(unknown)")
  }

  @Test("a linear model's shares are distances from the table's mean") func linear() async throws {
    let (result, folder) = try await explain(Self.linear, "-o", "shares.csv")
    #expect(result.status == 0, "\(result)")
    // x adds 0.5 for each unit and is 1.5 where it is missing; r adds 2, g -2, and missing ones nothing.
    #expect(
      try folder.read("shares.csv") == """
        x,c,bias
        -0.3125,1.5,4.0625
        -0.3125,-2.5,4.0625
        0.1875,1.5,4.0625
        0.4375,-0.5,4.0625

        """)
    let (summary, _) = try await explain(Self.linear, "--json")
    let json = try JSONValue(parsing: summary.output)
    #expect(json["rows"]?.int == 4)
    #expect(json["mean_abs_shap"]?["c"]?.number == 1.5)
    // The mean of the table is that of all rows, whichever is explained.
    let (one, _) = try await explain(Self.linear, "--row", "3", "--json")
    #expect(try JSONValue(parsing: one.output)["shares"]?["x"]?.number == 0.1875)
  }

  @Test("a logistic model's shares are those of log odds, or of each class's score")
  func logistic() async throws {
    let (two, folder) = try await explain(Self.logistic, "-o", "shares.csv")
    #expect(two.status == 0, "\(two)")
    #expect(try folder.read("shares.csv").hasPrefix("x,c,bias\n"))
    #expect(try cells("shares.csv", folder)[0] == ["-0.3125", "1.5", "4.0625"])
    let three = Self.logistic.replacing(#"["a", "b"]"#, with: #"["a", "b", "z"]"#)
      .replacing("[[1, 2, -2]]", with: "[[1, 2, -2], [0, 0, 0], [-1, 1, 1]]")
      .replacing("[4]", with: "[4, 1, 0]")
    let (row, _) = try await explain(three, "--row", "1", "--class", "z")
    #expect(row.output.hasPrefix("Row 1: y is z\n"), "\(row)")
    let (likeliest, _) = try await explain(three, "--row", "1")
    #expect(likeliest.output.hasPrefix("Row 1: y is a\n"), "\(likeliest)")
  }

  @Test("columns that are not there, and text in place of numbers, are told")
  func failures() async throws {
    for model in [Self.forest, Self.linear, Self.logistic] {
      let (missing, _) = try await explain(model, table: "z,c\n1,r\n")
      #expect(missing.status == 2)
      #expect(missing.error.contains("no column named `x`"), "\(missing)")
      let (text, _) = try await explain(model, table: "x,c\n1,r\nmany,r\n")
      #expect(text.status == 2)
      #expect(text.error.contains("rows.csv:3"), "\(text)")
      let (new, _) = try await explain(model, table: "x,c\n1,r\n2,new\n")
      #expect(new.status == 0)
      #expect(new.error.contains("category that was not there in training"), "\(new)")
    }
  }

  /// x <= 0.5 asks for c: r are a, 3 of them, other colours b with 3 of 4; more than 0.5 is one b.
  private static let forest = """
    {"format": "reprise.model/1", "kind": "forest", "target": "y", "classes": ["a", "b"],
     "features": [{"name": "x", "kind": "float", "importance": 0.75},
                  {"name": "c", "kind": "c", "categories": ["r", "g"], "importance": 0.25}],
     "trees": ["BAAAAAAAAOA/CwEBAAMBAAAEAgAAAAAAAADQPwEAAAAAAADoPwABAQE="]}
    """

  private static let linear = """
    {"format": "reprise.model/1", "kind": "linear", "target": "y",
     "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                  {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": false}],
     "coefficients": [1, 2, -2], "intercept": 4}
    """

  private static let logistic = """
    {"format": "reprise.model/1", "kind": "logistic", "target": "y", "classes": ["a", "b"],
     "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                  {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": false}],
     "coefficients": [[1, 2, -2]], "intercepts": [4]}
    """
}
