import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Templates

@Suite("The state of a project made from a template") struct ScaffoldStateTests {
  private func state() throws -> ScaffoldState {
    ScaffoldState(
      kind: .cookiecutter, template: "https://example.org/t.git",
      commit: String(repeating: "a", count: 40), directory: "sub",
      answers: ["name": "데이터", "list": ["x", 1, nil]],
      files: [
        try #require(TreePath("b/run.sh")): RenderedFile("x", kind: .program).print,
        try #require(TreePath([0x63, 0xE9])): RenderedFile("to", kind: .link).print,
      ])
  }

  @Test("it reads what it wrote, byte for byte the same again")
  func round() throws {
    let state = try state()
    let read = try ScaffoldState(parsing: Array(state.text.utf8))
    #expect(read == state)
    #expect(read.text == state.text)
    #expect(state.text.contains(#""\"c\\351\"": "link "#))
  }

  @Test(
    "a file that is damaged says where",
    arguments: [
      "", "{", "[]", #"{"format": 2}"#, #"{"format": 1}"#,
      #"{"format":1,"kind":"x","template":"t","answers":{}}"#,
      #"{"format":1,"kind":"copier","template":"t","answers":[]}"#,
      #"{"format":1,"kind":"copier","template":"t","answers":{},"commit":"--upload-pack"}"#,
      #"{"format":1,"kind":"copier","template":"t","answers":{},"files":{"../x":"file 0"}}"#,
    ])
  func damaged(text: String) {
    #expect(throws: ParseFailure.self) { try ScaffoldState(parsing: Array(text.utf8)) }
  }

  @Test("git sees the state where the rest of the folder is ignored")
  func ignored() throws {
    let folder = try TemporaryFolder()
    try folder.write("# Written by reprise: x\n*\n", to: ".reprise/.gitignore")
    try state().save(in: folder.path)
    #expect(
      try folder.read(".reprise/.gitignore")
        == "# Written by reprise: x\n*\n!.gitignore\n!scaffold.json\n")
    #expect(try ScaffoldState.read(in: folder.path) == state())
    #expect(try ScaffoldState.ignoreText(in: folder.path) == nil)
  }

  @Test(
    "paths that leave the project are none",
    arguments: ["", "/a", "a/../b", "./a", "a//b", "a/", ".git/config", "x/.GIT/y", "a\u{0}b"])
  func paths(text: String) { #expect(TreePath(text) == nil) }
}
