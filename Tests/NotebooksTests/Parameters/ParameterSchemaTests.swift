import Formats
import Notebooks
import Platform
import Testing

@Suite("What a parameters cell declares") struct ParameterSchemaTests {
  private func notebook(_ source: String, language: String = "python") -> NotebookDocument {
    var cell = NotebookDocument.Cell(.code, id: "p", source: source)
    cell.tags = ["parameters"]
    return NotebookDocument(
      metadata: [
        "kernelspec": ["name": "python3"], "language_info": ["name": .string(language)],
      ], cells: [cell])
  }

  @Test(
    "types come from annotations, from comments, and from defaults",
    arguments: [
      ("a: int = 1", "int", true), ("a: float = 1", "float", true), ("a = 1", "int", false),
      ("a = 1.5", "float", false), ("a = True", "bool", false), ("a = 'x'", "str", false),
      ("a = -1", "int", false), ("a = [1, 2]", "list", false), ("a = {'k': 1}", "dict", false),
      ("a = None", "any", false), ("a = f(1)", "any", false), ("a: int", "int", true),
      ("a: 'int' = 1", "int", true), ("a: Optional[int] = None", "int | None", true),
      ("a: int | None = None", "int | None", true), ("a: typing.List[int] = []", "list[int]", true),
      ("a: Union[int, List[str]] = 1", "int | list[str]", true),
      ("a: Dict[str, float] = {}", "dict[str, float]", true),
      ("a: Literal['x', 'y'] = 'x'", "'x' | 'y'", true),
      ("a: Optional[Literal[1, 2]] = None", "1 | 2 | None", true),
      ("a: Annotated[int, 'x'] = 1", "int", true), ("a: Path = Path('x')", "any", true),
      ("a = 1  # type: float", "float", true), ("a = float('inf')", "float", false),
      ("a = '''x\n# y = 1\n'''", "str", false), ("%matplotlib inline\na = 1", "int", false),
      ("a = b = 1", "int", false), ("b, a = 'x', 2", "int", false),
    ])
  func types(source: String, type: String, isDeclared: Bool) throws {
    let parameters = notebook(source).parameters
    let parameter = try #require(parameters.first { $0.name == "a" })
    #expect(parameter.type.text == type)
    #expect(parameter.isDeclared == isDeclared)
  }

  @Test("ranges and help come from the comment of the last line")
  func comments() {
    let parameters = notebook(
      """
      # the learning
      alpha: float = 0.5  # (0, 1] how fast
      layers = [
        64,  # first
      ]  # sizes
      rounds = 10  # type: int [1, inf)
      plain = 1  # see [1]
      """
    ).parameters
    #expect(parameters.map(\.range?.text) == ["(0, 1]", nil, "[1, inf)", nil])
    #expect(parameters.map(\.help) == ["how fast", "sizes", "", "see [1]"])
    #expect(parameters.map(\.line) == [2, 3, 6, 7])
    #expect(parameters[1].defaultValue == .list([.int(64)]))
  }

  private func check(
    _ source: String, _ yaml: String, isStrict: Bool = false, language: String = "python"
  ) throws -> (failures: [String], warnings: [String]) {
    var parameters = NotebookParameters()
    try parameters.merge(yaml: Array(yaml.utf8))
    let check = ParameterCheck(
      of: parameters, for: notebook(source, language: language), isStrict: isStrict)
    return (check.failures.map(\.message), check.warnings.map(\.message))
  }

  @Test("what is declared is checked, what a default suggests is warned of")
  func checked() throws {
    let source = """
      n: int = 1
      x = 0.5
      m: Literal["gbdt", "forest"] = "gbdt"
      r = 1  # [0, 10]
      s: str = "a"
      """
    #expect(try check(source, "{n: 2, x: 1, m: forest, r: 10, s: b}").failures == [])
    #expect(try check(source, "{n: 2, x: 1, m: forest, r: 10, s: b}").warnings == [])
    #expect(
      try check(source, "{n: ten, m: forrest, r: 11, s: 7}").failures == [
        "the parameter `n` is int, and 'ten' is text",
        "the parameter `m` is 'gbdt' | 'forest', and 'forrest' is none of these",
        "the parameter `r` lies in [0, 10], and 11 does not",
        "the parameter `s` is str, and 7 is a whole number",
      ])
    #expect(try check(source, "{n: true, x: 12345678901234567890}").failures.count == 1)
    #expect(
      try check(source, "x: much") == ([], ["the parameter `x` is float, and 'much' is text"]))
    #expect(try check(source, "x: much", isStrict: true).failures.count == 1)
    #expect(try check(source, "y: 1") == ([], ["Passed unknown parameter: y"]))
    #expect(
      try check(source, "y: 1", isStrict: true).failures == ["the notebook has no parameter `y`"])
    #expect(try check("n <- 1L", "{n: a, y: 1}", language: "R") == ([], []))
  }

  @Test("hints name the nearest parameter and how to give text")
  func hints() throws {
    var parameters = NotebookParameters()
    parameters.set("alpah", toText: "1")
    parameters.set("name", toText: "007")
    let check = ParameterCheck(
      of: parameters, for: notebook("alpha = 1\nname: str = ''"), isStrict: true)
    #expect(
      check.failures.map(\.hint) == [
        "did you mean `alpha`? it has: alpha, name", "to give it as text, write `-r name 7`",
      ])
    #expect(throws: Failure.self) { try check.throwFailures() }
  }

  @Test("inspection tells all of it as JSON")
  func inspected() {
    let json = NotebookInspection(of: notebook("a: Literal[1, 2] = 1  # [0, 2] x"), at: "n.ipynb")
      .json
    #expect(
      json.text(sortingKeys: true)
        == #"{"cells":{"code":1},"kernel":"python3","language":"python","notebook":"n.ipynb","#
        + #""parameters":[{"choices":[1,2],"declared":true,"default":1,"default_text":"1","help":"x","#
        + #""line":1,"name":"a","range":{"includes_max":true,"includes_min":true,"max":2.0,"min":0.0,"#
        + #""text":"[0, 2]"},"type":"1 | 2"}],"parameters_cell":1}"#)
  }
}
