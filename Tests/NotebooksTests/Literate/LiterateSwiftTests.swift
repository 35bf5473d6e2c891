import Formats
import Testing

@testable import Notebooks

@Suite("Literate Swift") struct LiterateSwiftTests {
  private func program(_ text: String, _ values: [(String, YAMLValue)] = []) throws -> String {
    var parameters = NotebookParameters()
    for (name, value) in values { parameters.set(name, to: value) }
    let bytes = try LiterateSwift(text).program(with: parameters, name: "a.swift")
    let lines = String(decoding: bytes, as: UTF8.self)
    #expect(lines.hasPrefix("#sourceLocation(file: \"a.swift\", line: 1)\n"))
    return String(lines.dropFirst("#sourceLocation(file: \"a.swift\", line: 1)\n".count))
  }

  @Test("a call stands in front of each mark where a statement can stand, and no line moves")
  func marks() throws {
    let text = """
      #!/usr/bin/env swift
      // %% one
      print(1)
      // %% [markdown]
      // text
      // %%
      func f() {
        // %% indented
      // %% inside
        print(2)
      }
      let s = \"""
      // %% in a text
      \"""
      /*
      // %% in a comment
      */
      // %%
        .map { $0 }
      if a {}
      // %%
      else {}
      // %% last
      print(3)
      // %% nothing
      """
    let lines = try program(text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == text.split(separator: "\n", omittingEmptySubsequences: false).count + 1)
    #expect(lines[0] == "//#!/usr/bin/env swift")
    #expect(
      lines.filter { $0.hasPrefix("Reprise.") } == [
        "Reprise.cell(1); // %% one", "Reprise.cell(3); // %%", "Reprise.cell(9); // %% last",
      ])
  }

  @Test("given values stand in place of those of the parameters cell, and only there")
  func values() throws {
    let text = """
      // %% tags=["parameters"]
      let rate = 0.1  // [0, 1]
      let limit: Double? = nil
      let names = [
        "a",
      ]
      let other = 1
      // %%
      let rate2 = 0.1
      func f() { let rate = 5 }

      """
    let result = try program(
      text,
      [
        ("rate", .int(1)), ("limit", .int(3)), ("names", .list([.string("x\"y")])),
        ("rate2", .float(9)),
      ])
    #expect(
      result == """
        Reprise.cell(1); // %% tags=["parameters"]
        let rate = 1.0  // [0, 1]
        let limit: Double? = 3.0
        let names = ["x\\"y"]


        let other = 1
        Reprise.cell(2); // %%
        let rate2 = 0.1
        func f() { let rate = 5 }

        """)
  }

  @Test("nothing, and what is no Swift, is a program that the compiler may judge")
  func odd() throws {
    #expect(try program("") == "")
    #expect(try program("}}}\n// %%\n(((") == "}}}\n// %%\n(((\n")
  }
}
