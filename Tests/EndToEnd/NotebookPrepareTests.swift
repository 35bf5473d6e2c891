import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise notebook run --prepare-only` and `notebook inspect`, for which no kernel is needed.
@Suite("reprise notebook, without a kernel") struct NotebookPrepareTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      #"""
      {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": {"name": "python3",
       "display_name": "P"}, "language_info": {"name": "python"}}, "cells": [
       {"cell_type": "code", "id": "p", "metadata": {"tags": ["parameters"]}, "outputs": [],
        "execution_count": null, "source": "alpha: float = 0.5  # [0, 1] rate\nname = 'x'"}]}
      """#, to: "in.ipynb")
    return folder
  }

  private func run(_ words: String..., in folder: TemporaryFolder) async throws -> Program.Result {
    try await Program.run(["notebook", "run"] + words, in: folder.path)
  }

  @Test("parameters are injected, and the output is named after them") func prepared() async throws
  {
    let folder = try folder()
    let result = try await run(
      "-p", "alpha", "0.25", "in.ipynb", "out_{alpha}.ipynb", "-r", "name", "-7", "--prepare-only",
      in: folder)
    #expect(result.status == 0 && result.output.isEmpty, "\(result)")
    let written = try folder.read("out_0.25.ipynb")
    #expect(written.contains(##""# Parameters\n","##) && written.hasSuffix("}\n"))
    #expect(written.contains(#""alpha = 0.25\n","#) && written.contains(#""name = \"-7\"\n""#))
    #expect(written.contains(#""output_path": "out_0.25.ipynb""#))
  }

  @Test("a sweep writes a notebook for every value, and never two into one") func swept()
    async throws
  {
    let folder = try folder()
    let sweep = ["--sweep", "alpha=0.1,0.2", "--prepare-only"]
    let good = try await Program.run(
      ["notebook", "run", "in.ipynb", "o_{alpha}.ipynb"] + sweep, in: folder.path)
    #expect(good.status == 0, "\(good)")
    #expect(
      try FileSystem.names(in: folder.path).filter { $0.hasPrefix("o_") }
        == ["o_0.1.ipynb", "o_0.2.ipynb"])
    let bad = try await Program.run(
      ["notebook", "run", "in.ipynb", "one.ipynb"] + sweep, in: folder.path)
    #expect(bad.status == 2 && bad.error.contains("two runs would write `one.ipynb`"), "\(bad)")
  }

  @Test(
    "what cannot be done is told in papermill's status, and nothing is written",
    arguments: [
      (["in.ipynb", "out.ipynb", "-p", "alpha", "much"], 1, "the parameter `alpha` is float"),
      (["in.ipynb", "out.ipynb", "-p", "alpha", "2"], 1, "lies in [0, 1]"),
      (
        ["in.ipynb", "out.ipynb", "-p", "alpah", "1", "--strict-parameters"], 1,
        "did you mean `alpha`?"
      ),
      (["in.ipynb", "out_{x}.ipynb"], 1, "names the parameter `x`"),
      (["in.ipynb", "no/out.ipynb"], 1, "output folder no doesn't exist"),
      (["none.ipynb", "out.ipynb"], 1, "none.ipynb"),
      (["in.ipynb", "out.ipynb", "-y", "["], 1, "-y"),
      (["in.ipynb", "out.ipynb", "-b", "x"], 1, "base64"),
      (["in.ipynb", "out.ipynb", "-p", "a", "1", "-l", "cobol", "-k", "c"], 1, "cobol"),
      (["in.ipynb", "out.ipynb", "--engine", "x"], 1, "No engine named 'x' found"),
      (["in.ipynb", "out.ipynb", "more.ipynb"], 2, "one argument too many"),
      (["in.ipynb", "out.ipynb", "-p", "a"], 2, "takes a name and a value"),
      (["in.ipynb", "out.ipynb", "--log-level", "LOUD"], 2, "LOUD"),
      (["in.ipynb", "out_{a}.ipynb", "--sweep", "=1,2"], 2, "takes name=a,b"),
      (["in.ipynb", "out_{a}.ipynb", "--sweep", "a="], 2, "`--sweep a=` has no values"),
      (
        ["in.ipynb", "out_{a}.ipynb", "--sweep", "a=1", "--sweep", "a=2"], 2, "`a` is swept twice"
      ),
    ])
  func refused(words: [String], status: Int32, message: String) async throws {
    let folder = try folder()
    let result = try await Program.run(
      ["notebook", "run", "--prepare-only"] + words, in: folder.path)
    #expect(result.status == status && result.error.contains(message), "\(result)")
    #expect(try FileSystem.names(in: folder.path) == ["in.ipynb"])
  }

  @Test("parameters are listed as papermill lists them, and with all that is known")
  func listed() async throws {
    let folder = try folder()
    let help = try await run("--help-notebook", "in.ipynb", in: folder)
    #expect(
      help.output.hasSuffix(
        "\n\nParameters inferred for notebook 'in.ipynb':\n"
          + "  alpha: float (default 0.5)      [0, 1] rate\n"
          + "  name: Unknown type (default 'x')\n"), "\(help)")
    let inspected = try await Program.run(
      ["notebook", "inspect", "in.ipynb", "--json"], in: folder.path)
    let json = try JSONValue(parsing: inspected.output)
    #expect(json["parameters"]?.array?.first?["range"]?["text"] == "[0, 1]")
    #expect(json["kernel"] == "python3")
    let version = try await run("--version", in: folder)
    #expect(version.output.contains("papermill 2.7.0") && version.status == 0)
  }
}
