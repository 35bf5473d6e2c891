import Compute
import Learning
import Platform
import Support
import SystemPackage
import Testing

@Suite("Model files") struct ModelFileTests {
  static let good = """
    {"format": "reprise.model/1", "kind": "logistic", "target": "y", "classes": ["a", "b", "c"],
     "features": [{"name": "x", "encoding": "standardized", "mean": 1.5, "scale": 2},
                  {"name": "c", "encoding": "one-hot", "categories": ["r", "g"], "missing": true}],
     "coefficients": [[1, 2, 3, 4], [0, 0, 0, 0], [-1, -2, -3.5, -4e0]], "intercepts": [0, 1, 2]}
    """

  @Test("a model is read") func reads() throws {
    let folder = try TemporaryFolder()
    let model = try LogisticModel(reading: try folder.write(Self.good, to: "model.json"))
    #expect(model.classes == ["a", "b", "c"])
    #expect(model.features == ["x", "c"])
    #expect(model.textColumns == ["c"])
    #expect(Array(model.weights.row(2)) == [-1, -2, -3.5, -4, 2])
  }

  @Test(
    "a model whose parts do not fit is refused",
    arguments: [
      ("reprise.model/1", "reprise.model/2", .unsupported, "its format is `reprise.model/2`"),
      (
        "reprise.model/1", "other", .unsupported,
        "it does not say `\"format\": \"reprise.model/1\"`"
      ),
      ("\"logistic\"", "\"gbdt\"", .unsupported, "its kind is `gbdt`"),
      ("\"logistic\"", "7", .corrupt, "`kind` is no text"),
      ("[\"a\", \"b\", \"c\"]", "[\"a\"]", .corrupt, "it has fewer than two classes"),
      (
        "[\"a\", \"b\", \"c\"]", "[\"a\", \"b\", \"b\"]", .corrupt,
        "`classes` names something twice"
      ),
      ("[\"a\", \"b\", \"c\"]", "[\"a\", \"b\", 3]", .corrupt, "`classes` holds more than text"),
      ("[\"a\", \"b\", \"c\"]", "\"abc\"", .corrupt, "`classes` is no list"),
      (
        "[\"a\", \"b\", \"c\"]", "[\"a\", \"b\"]", .corrupt,
        "it should have 1 rows of coefficients and as many intercepts, not 3 and 3"
      ),
      ("\"scale\": 2", "\"scale\": 0", .corrupt, "the scale of `x` is not above 0"),
      ("\"scale\": 2", "\"scale\": 1e999", .corrupt, "`scale` is no finite number"),
      ("\"mean\": 1.5", "\"mean\": \"1\"", .corrupt, "`mean` is no finite number"),
      ("\"one-hot\"", "\"hashed\"", .unsupported, "`c` is encoded as `hashed`"),
      (
        "[\"r\", \"g\"]", "[\"r\", \"g\", \"b\"]", .corrupt,
        "a row of coefficients has 4 numbers, not 5"
      ),
      ("[\"r\", \"g\"]", "[\"r\", \"r\"]", .corrupt, "`categories` names something twice"),
      ("\"missing\": true", "\"missing\": 1", .corrupt, "`missing` of `c` is no truth value"),
      ("\"name\": \"c\"", "\"name\": \"x\"", .corrupt, "`features` names something twice"),
      ("\"target\": \"y\"", "\"target\": \"x\"", .corrupt, "its target is one of its features"),
      (
        "[1, 2, 3, 4], ", "", .corrupt,
        "it should have 3 rows of coefficients and as many intercepts, not 2 and 3"
      ),
      (
        "[1, 2, 3, 4]", "[1, 2, 3, null]", .corrupt,
        "`coefficients` holds something that is no finite number"
      ),
      ("[1, 2, 3, 4]", "{}", .corrupt, "`coefficients` holds no list"),
      (
        "[0, 1, 2]", "[0, 1, 1e400]", .corrupt,
        "`intercepts` holds something that is no finite number"
      ),
      (
        "[0, 1, 2]", "[]", .corrupt,
        "it should have 3 rows of coefficients and as many intercepts, not 3 and 0"
      ),
    ] as [(String, String, Failure.Code, String)])
  func refuses(part: String, other: String, code: Failure.Code, message: String) throws {
    let folder = try TemporaryFolder()
    let text = Self.good.replacing(part, with: other, maxReplacements: 1)
    try #require(text != Self.good)
    let path = try folder.write(text, to: "model.json")
    let failure = #expect(throws: Failure.self) { try ModelFile.read(path) }
    #expect(failure?.code == code)
    #expect(failure?.message == "`\(path)` is no model that can be used: \(message)")
  }

  @Test("every truncation is refused, and no change of a byte crashes") func mutations() throws {
    let folder = try TemporaryFolder()
    let bytes = Array(Self.good.utf8)
    let path = folder.path.appending("model.json")
    for count in 0..<bytes.count {
      try FileSystem.write(bytes[..<count], to: path, durable: false)
      #expect(throws: Failure.self) { try ModelFile.read(path) }
    }
    let table = try TableFile.read(try folder.write("x,c\n1,r\n2,\n", to: "t.csv"))
    for index in bytes.indices {
      for byte in [
        UInt8(ascii: "0"), UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: "-"), 0xFF,
      ] {
        var changed = bytes
        changed[index] = byte
        try FileSystem.write(changed, to: path, durable: false)
        guard let model = try? ModelFile.read(path) else { continue }
        _ = try? model.predict(table, on: .init(threads: 1))
      }
    }
  }

  @Test("what is no JSON is refused with its place") func noJSON() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("{\n  \"format\": reprise}", to: "model.json")
    let failure = #expect(throws: Failure.self) { try ModelFile.read(path) }
    #expect(failure?.code == .parse)
    #expect(failure?.location == SourceLocation(file: path.string, line: 2, column: 13))
  }
}
