import Compute
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Predictions") struct PredictionTests {
  /// Class b is likelier the larger x is, and with c = g.
  static let model = """
    {"format": "reprise.model/1", "kind": "logistic", "target": "kind", "classes": ["a", "b"],
     "features": [{"name": "x", "encoding": "standardized", "mean": 1, "scale": 2},
                  {"name": "c", "encoding": "one-hot", "categories": ["g", "7"], "missing": false}],
     "coefficients": [[1, 10, -10]], "intercepts": [0]}
    """

  @Test(
    "columns are found by name, missing numbers are the mean, unknown categories are counted",
    arguments: [
      ("x,c\n1,g\n1,7\n9,?\n-9,?\n,?\n", ["b", "a", "b", "a", "a"], 3),
      ("c,other,x\ng,1,1\n7,2,1\n", ["b", "a"], 0),
      ("x,c\n1,\n3,NA\n", ["a", "b"], 2),
      // All of a column's cells look like numbers, and stay what they are spelled.
      ("x,c\n1,7\n1,7.0\n", ["a", "a"], 1),
      // A model of truth values takes them with missing ones among them, too.
      ("x,c\nTrue,g\nfalse,g\n,7\n", ["b", "b", "a"], 0),
    ])
  func predicts(text: String, labels: [String], unknown: Int) throws {
    let folder = try TemporaryFolder()
    let predictions = try predict(
      model: folder.write(Self.model, to: "model.json"), data: folder.write(text, to: "t.csv"))
    #expect(predictions.labels.map { predictions.classes[Int($0)] } == labels)
    let note =
      "column `c` has \(unknown) \(unknown == 1 ? "cell" : "cells") with a category that was not there in training"
    #expect(predictions.notes == (unknown > 0 ? [note] : []))
  }

  @Test("probabilities are the softmax of the scores") func probabilities() throws {
    let folder = try TemporaryFolder()
    let predictions = try predict(
      model: folder.write(Self.model, to: "model.json"),
      data: folder.write("x,c\n1,?\n3,?\n", to: "t.csv"))
    #expect(predictions.probabilities[0, 0] == 0.5)
    #expect(abs(predictions.probabilities[1, 1] - 0.7310585786300049) < 1e-15)
  }

  @Test("as CSV and as JSON") func written() throws {
    let folder = try TemporaryFolder()
    let predictions = try predict(
      model: folder.write(Self.model, to: "model.json"),
      data: folder.write("x,c\n1,?\n", to: "t.csv"))
    #expect(String(decoding: predictions.csv(), as: UTF8.self) == "p(b)\n0.5\n")
    let full = String(decoding: predictions.csv(labels: true), as: UTF8.self)
    #expect(full == "kind,p(a),p(b)\na,0.5,0.5\n")
    #expect(
      predictions.json.text() == #"[{"kind":"a","probabilities":{"a":0.5,"b":0.5}}]"#)
  }

  @Test(
    "tables that do not fit are refused",
    arguments: [
      ("X1,c\n1,g\n", "no column named `x`", nil, "did you mean `X1`? the columns are: `X1`, `c`"),
      ("x,c\n1,g\nlong,g\n", "column `x` must hold numbers, but `long` is none", 3, nil),
      ("x,c\n1,g\ninf,g\n", "column `x` holds an infinite number", 3, nil),
      ("x,c\n1\n", "expected 2 fields, found 1, at byte 4", 2, nil),
      ("", "the file is empty", nil, "the first line must name the columns"),
      ("a,b\n1,2\n", "2 columns of the table do not fit the model", nil, nil),
    ] as [(String, String, Int?, String?)])
  func refuses(text: String, message: String, line: Int?, hint: String?) throws {
    let folder = try TemporaryFolder()
    let failure = try #require(throws: Failure.self) {
      try predict(
        model: folder.write(Self.model, to: "model.json"), data: folder.write(text, to: "t.csv"))
    }
    #expect(failure.message == message)
    #expect(failure.location?.line == line)
    #expect(failure.location?.file.hasSuffix("t.csv") == true)
    if let hint { #expect(failure.hint == hint) }
    if message.hasPrefix("2 columns") {
      #expect(failure.details.map(\.message) == ["no column named `x`", "no column named `c`"])
    }
  }

  @Test("a table without rows has no predictions") func empty() throws {
    let folder = try TemporaryFolder()
    let predictions = try predict(
      model: folder.write(Self.model, to: "model.json"), data: folder.write("x,c\n", to: "t.csv"))
    #expect(predictions.count == 0)
    #expect(predictions.json == .array([]))
  }

  @Test("scores past all numbers are refused, with the line") func overflow() throws {
    let folder = try TemporaryFolder()
    let model = Self.model.replacing("[[1, 10, -10]]", with: "[[1e300, 10, -10]]")
    let failure = try #require(throws: Failure.self) {
      try predict(
        model: folder.write(model, to: "model.json"),
        data: folder.write("x,c\n1,g\n1e300,g\n", to: "t.csv"))
    }
    #expect(failure.location?.line == 3)
  }

  @Test("any table in memory can be predicted") func memory() throws {
    let folder = try TemporaryFolder()
    let model = try ModelFile.read(folder.write(Self.model, to: "model.json"))
    let table = Table([Column("c", ["g", nil]), Column("x", [1, .nan])])
    let predictions = try model.predict(table, on: WorkerPool(threads: 1))
    #expect(predictions.labels == [1, 0])
    #expect(throws: Failure.self) {
      try model.predict(
        Table([Column("x", ["a"]), Column("c", ["g"])]), on: WorkerPool(threads: 1))
    }
  }
}
