import Testing

@testable import Templates

@Suite("Answers") struct AnswerTests {
  private func map(_ json: String) throws -> AnswerMap {
    try #require(try PythonJSONReader.read(json).map)
  }

  @Test("overrides follow the type of the default") func overrides() throws {
    var context = try map(
      #"{"s": "a", "c": ["x", "y"], "b": true, "d": {"k": 1, "l": [1]}, "n": 5}"#)
    try AnswerOverrides.apply(
      try map(#"{"s": "t", "c": "y", "b": " OFF ", "d": {"k": 2, "new": 3, "l": [9]}, "zz": 1}"#),
      to: &context)
    #expect(
      Answer.map(context).json()
        == #"{"s": "t", "c": ["y", "x"], "b": false, "d": {"k": 2, "l": [9], "new": 3}, "n": 5}"#)
  }

  @Test(
    "a value that cannot be is refused in cookiecutter's words",
    arguments: [
      (#"{"c": "z"}"#, "z provided for choice variable c, but the choices are ['x', 'y']."),
      (
        #"{"c": ["z"]}"#,
        "['z'] provided for multi-choice variable c, but valid choices are ['x', 'y']"
      ),
      (#"{"b": "maybe"}"#, "maybe provided for variable b could not be converted to a boolean."),
    ]) func refused(override: String, message: String) throws
  {
    var context = try map(#"{"c": ["x", "y"], "b": true}"#)
    let overrides = try map(override)
    let error = #expect(throws: AnswerOverrides.Refused.self) {
      try AnswerOverrides.apply(overrides, to: &context)
    }
    #expect(error?.message == message)
  }

  @Test("plain prompts read and write what cookiecutter does") func plain() throws {
    var lines = ["", "9", "2", "maybe", "off", "{", "[]", #"{"a": 1}"#]
    var said = ""
    var asker = PlainAsker(width: 80, read: { lines.isEmpty ? nil : lines.removeFirst() }) {
      said += $0
    }
    let choices = ["MIT", "BSD"].map { Question.Choice(.string($0), label: "[bold]\($0)[/]") }
    #expect(
      try asker.answer(Question("name", number: (1, 4), kind: .text(default: "x"))).string == "x")
    #expect(
      try asker.answer(Question("Select l", number: (2, 4), kind: .choice(choices))).string == "BSD"
    )
    #expect(
      try asker.answer(Question("ok", number: (3, 4), kind: .yesNo(default: true))).isTrue == false)
    #expect(
      try asker.answer(Question("d", number: (4, 4), kind: .map(default: AnswerMap()))).json()
        == #"{"a": 1}"#)
    #expect(throws: Aborted.self) { try asker.answer(Question("x", kind: .text(default: nil))) }
    let list = "  [2/4] Select l\n    1 - MIT\n    2 - BSD\n    Choose from [1/2] (1): "
    let yes = "  [3/4] ok [y/n] (y): "
    let json = "  [4/4] d (default): "
    #expect(
      said == "  [1/4] name (x): " + list + "Please select one of the available options\n" + list
        + yes + "Please enter Y or N\n" + yes + json + "Unable to decode to JSON.\n" + json
        + "Requires JSON dict.\n" + json + "x: ")
  }

  @Test(
    "an address tells a zip, a repository and a path",
    arguments: [
      ("gh:a/b", TemplateAddress.repository("https://github.com/a/b.git")),
      ("git@host:a/b.git", .repository("git@host:a/b.git")),
      ("https://x.org/t.ZIP", .zip("https://x.org/t.ZIP", isURL: true)),
      ("t.zip", .zip("t.zip", isURL: false)), ("./dir", .path("./dir")),
      ("bb:a/b", .repository("https://bitbucket.org/a/b")), ("own", .path("/home/me/own")),
    ]) func addresses(text: String, address: TemplateAddress)
  {
    var configuration = UserConfiguration(variables: ["HOME": "/home/me"])
    configuration.abbreviations.append(("own", "/home/me/own"))
    #expect(TemplateAddress(TemplateAddress.expanded(text, configuration.abbreviations)) == address)
  }

  @Test(
    "a clone is named as cookiecutter names it",
    arguments: [
      ("https://github.com/a/b.git", "b"), ("git@host:b.git", "b"), ("https://x/a.github.io/", "a"),
    ]) func names(url: String, name: String) throws
  {
    #expect(try TemplateAddress.folderName(url) == name)
  }

  @Test("variables in folders are expanded as Python does") func variables() {
    let variables = ["HOME": "/h", "A": "x"]
    #expect(UserConfiguration.expanded("~/$A/${A}y/$B/${C", variables) == "/h/x/xy/$B/${C")
  }
}
