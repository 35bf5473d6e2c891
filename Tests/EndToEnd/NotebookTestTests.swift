import Formats
import Platform
import Support
import SystemPackage
import Testing

/// What `reprise notebook test` says when there is nothing that it could run.
@Suite("reprise notebook test, without a kernel") struct NotebookTestTests {
  private func folder() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let notebook =
      #"{"nbformat": 4, "nbformat_minor": 4, "metadata": {"kernelspec": {"name": "cobol"}}, "cells": []}"#
    try folder.write(notebook, to: "a.ipynb")
    try folder.write(notebook, to: "deep/b.ipynb")
    try folder.write(notebook, to: "ignored/c.ipynb")
    try folder.write(notebook, to: ".ipynb_checkpoints/d.ipynb")
    try folder.write("ignored/\n", to: ".gitignore")
    try folder.write("{]", to: "broken/e.ipynb")
    try folder.write("x", to: "empty/f.py")
    try folder.write(
      #"{"nbformat": 4, "nbformat_minor": 4, "metadata": {"language_info": {"name": "R"}}, "cells": []}"#,
      to: "unnamed/g.ipynb")
    try await Program.shell("git init -q", in: folder.path)
    return folder
  }

  private func run(
    _ words: [String], in folder: TemporaryFolder
  ) async throws -> Program.Result {
    try await Program.run(
      ["notebook", "test"] + words, in: folder.path, environment: ["JUPYTER_PATH": ""])
  }

  @Test("notebooks are found as git has them, and each that cannot be tested is told")
  func found() async throws {
    let folder = try await folder()
    let result = try await run(["--json"], in: folder)
    #expect(result.status == 2)
    let reports = try #require(try JSONValue(parsing: result.output).array)
    #expect(
      reports.map { $0["path"]?.string ?? "" } == [
        "a.ipynb", "broken/e.ipynb", "deep/b.ipynb", "unnamed/g.ipynb",
      ])
    #expect(reports.allSatisfy { $0["verdict"] == "not-tested" && $0["cells"] == nil })
    let messages = reports.map { $0["error"]?["message"]?.string ?? "" }
    #expect(messages[0] == "there is no kernel `cobol`")
    #expect(messages[1].contains("key") && reports[1]["error"]?["location"]?["line"] == 1)
    #expect(messages[3] == "the notebook `unnamed/g.ipynb` names no kernel")

    let named = try await run(["deep/", "./ignored/c.ipynb", "deep/b.ipynb"], in: folder)
    #expect(named.status == 2)
    #expect(
      named.output.contains("\ndeep/b.ipynb ") && named.output.contains("\n./ignored/c.ipynb "))
    #expect(named.output.split(separator: "\n").count == 3, "\(named.output)")
    #expect(named.error.contains("2 notebooks not tested"), "\(named.error)")
  }

  @Test("a report in JUnit's form has an error for each")
  func junit() async throws {
    let folder = try await folder()
    let result = try await run(["deep", "--junit", "out.xml"], in: folder)
    #expect(result.status == 2)
    let text = try folder.read("out.xml")
    #expect(text.contains(#"tests="1" failures="0" errors="1" skipped="0""#), "\(text)")
    #expect(text.contains(#"<testcase classname="deep/b.ipynb" name="notebook" time="0.000">"#))
    #expect(text.contains(#"<error message="there is no kernel `cobol`">"#))
  }

  @Test(
    "what makes no sense is refused before anything runs",
    arguments: [
      (["none.ipynb"], "there is no `none.ipynb`"), (["empty/f.py"], "does not end in .ipynb"),
      (["empty"], "there is no notebook in `empty`"),
      (["--junit", "no/where.xml"], "output folder no doesn't exist"),
      (["--sanitize-with", "none.cfg"], "none.cfg"), (["-j", "0"], "from 1"),
      (["--rtol=-1"], "from 0 on"), (["--atol", "nan"], "from 0 on"),
      (["--timeout", "0"], "seconds, from 1"), (["--cwd", "none", "a.ipynb", "-k", "x"], "no"),
    ]) func refused(words: [String], message: String) async throws
  {
    let folder = try await folder()
    let result = try await run(words, in: folder)
    #expect(result.status == 2 && result.error.contains(message), "\(result)")
  }
}
