import Testing

@testable import Commands

@Suite("The words of notebook run") struct NotebookRunWordsTests {
  @Test(
    "names and values become one word, and only those",
    arguments: [
      (["-p", "a", "1", "in", "out"], ["-p", "a\u{0}1", "in", "out"]),
      (["-p", "-x", "-y", "-r", "b", "--"], ["-p", "-x\u{0}-y", "-r", "b\u{0}--"]),
      (["-pa", "1"], ["-p", "a\u{0}1"]), (["--parameters=a", "1"], ["--parameters", "a\u{0}1"]),
      (["--parameters_raw", "a", "1"], ["--parameters_raw", "a\u{0}1"]),
      (["-y", "-p", "x"], ["-y", "-p", "x"]), (["--cwd", "-r", "in"], ["--cwd", "-r", "in"]),
      (["--", "-p", "a", "1"], ["--", "-p", "a", "1"]), (["-p", "a"], ["-p", "a"]),
      (["-p"], ["-p"]),
      (
        ["--parameters_file", "f", "--prepare-only"], ["--parameters_file", "f", "--prepare-only"]
      ),
    ])
  func joined(words: [String], expected: [String]) {
    let command = ["notebook", "run"]
    #expect(NotebookRunWords.joiningPairs(command + words) == command + expected)
    #expect(NotebookRunWords.joiningPairs(["run"] + words) == ["run"] + words)
  }

  @Test("every combination of swept values is run, with the first name changing last")
  func sweeps() throws {
    let plan = try NotebookRunPlan(
      paths: ["in.ipynb", "out_{a}{b}.ipynb"], sweeps: ["a=1,2", "b=x,,y"], into: nil,
      asksForHelp: false)
    #expect(
      plan.jobs.map { $0.swept.map { "\($0.name)=\($0.value)" }.joined(separator: " ") } == [
        "a=1 b=x", "a=1 b=", "a=1 b=y", "a=2 b=x", "a=2 b=", "a=2 b=y",
      ])
    let many = try NotebookRunPlan(
      paths: ["x/a.ipynb", "b.ipynb", "c.ipynb"], sweeps: [], into: "done", asksForHelp: false)
    #expect(many.jobs.map(\.output) == ["done/a.ipynb", "done/b.ipynb", "done/c.ipynb"])
  }
}
