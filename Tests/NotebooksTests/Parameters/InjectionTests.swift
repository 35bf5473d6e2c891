import Formats
import Notebooks
import Platform
import Testing

@Suite("Parameters in notebooks") struct InjectionTests {
  private func document(_ tags: [String]) -> NotebookDocument {
    NotebookDocument(
      metadata: ["kernelspec": ["name": "python3"], "language_info": ["name": "python"]],
      cells: tags.enumerated().map { index, tag in
        var cell = NotebookDocument.Cell(.code, id: "c\(index)", source: "pass")
        cell.tags = [tag]
        return cell
      })
  }

  private func parameters(_ yaml: String) throws -> NotebookParameters {
    var parameters = NotebookParameters()
    try parameters.merge(yaml: Array(yaml.utf8))
    return parameters
  }

  @Test(
    "the cell goes in place of the old one, else behind the parameters, else to the top",
    arguments: [
      (["x", "parameters", "injected-parameters", "injected-parameters"], 2, 4),
      (["x", "parameters", "y", "parameters"], 2, 5), (["x", "y"], 0, 3),
    ])
  func place(tags: [String], place: Int, count: Int) throws {
    var document = document(tags)
    #expect(try document.inject(parameters("{b: 1, a: é}")) == place)
    #expect(document.cells.count == count)
    #expect(document.cells[place].source == "# Parameters\nb = 1\na = \"\\xe9\"\n")
    #expect(document.cells[place].tags == ["injected-parameters"])
    #expect(document.metadata["papermill"]?["parameters"] == ["a": "é", "b": 1])
    #expect(Set(document.cells.map(\.id)).count == count)
    let id = document.cells[place].id
    try document.inject(parameters("c: 2"))
    #expect(document.cells[place].id == id && document.cells.count == count)
  }

  @Test("no parameters change nothing, and a language without a translator is refused")
  func refused() throws {
    var plain = NotebookDocument(cells: document(["x"]).cells)
    let before = plain
    #expect(try plain.inject(NotebookParameters()) == nil)
    #expect(throws: Failure.self) { try plain.inject(parameters("a: 1")) }
    #expect(throws: Failure.self) {
      try plain.inject(parameters("a: 1"), kernel: "k", language: "cobol")
    }
    #expect(throws: Failure.self) {
      try plain.inject(parameters("a: !!timestamp 2001-01-01"), kernel: "k", language: "python")
    }
    #expect(plain == before)
    #expect(try plain.inject(parameters("a: 1"), kernel: "julia", language: "cobol") == 0)
  }

  @Test(
    "Swift gets constants with types",
    arguments: [
      ("a: 1", "let a: Int = 1"), ("a: 1.0", "let a: Double = 1.0"),
      ("a: null", "let a: String? = nil"),
      ("a: true", "let a: Bool = true"), ("a: .nan", "let a: Double = Double.nan"),
      ("a: -.inf", "let a: Double = -Double.infinity"),
      ("a: \"q\\\"\\\\\\n\\u00e9\\0\"", "let a: String = \"q\\\"\\\\\\n\\u{e9}\\0\""),
      ("a: [1, 2]", "let a: [Int] = [1, 2]"), ("a: []", "let a: [Any] = []"),
      ("a: [1, x]", "let a: [Any] = [1, \"x\"]"), ("a: [1, null]", "let a: [Any?] = [1, nil]"),
      ("a: [[1], [2]]", "let a: [[Int]] = [[1], [2]]"),
      ("a: [1, [2, x]]", "let a: [Any] = [1, [2, \"x\"] as [Any]]"),
      ("a: {k: 1}", "let a: [String: Int] = [\"k\": 1]"), ("a: {}", "let a: [String: Any] = [:]"),
      ("a: {k: 1, l: []}", "let a: [String: Any] = [\"k\": 1, \"l\": [] as [Any]]"),
      ("class: 1", "let `class`: Int = 1"),
    ])
  func swift(yaml: String, line: String) throws {
    let translator = try ParameterTranslators.find(kernel: "swift", language: nil)
    #expect(try translator.source(of: parameters(yaml)) == "// Parameters\n\(line)\n")
  }

  @Test("a later value stays where the first one stood")
  func merged() throws {
    var merged = try parameters("{a: 1, b: 2}")
    try merged.merge(base64: "YzogMwpiOiA0Cg==")
    merged.set("a", toText: "0x1")
    #expect(merged.entries.map(\.name) == ["a", "b", "c"])
    #expect(merged.entries.map(\.value) == [.string("0x1"), .int(4), .int(3)])
    #expect(throws: ParseFailure.self) { try merged.merge(base64: "x") }
    #expect(throws: ParseFailure.self) { try merged.merge(yaml: Array("1: 2".utf8)) }
    #expect(throws: ParseFailure.self) { try merged.merge(yaml: Array("text".utf8)) }
  }
}
