import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `project-examples/islands`, its script; the notebook wants packages, and is run beside the peers.
@Suite("The example of islands") struct IslandsExampleTests {
  @Test(
    "the script's documents show what its cells printed and drew; two of them side by side say what differs"
  )
  func script() async throws {
    let folder = try TemporaryFolder()
    let project = folder.path.appending("islands")
    try FileSystem.copyTree(
      Program.repository.appending("project-examples/islands"), to: project)
    for words in [[], ["-P", "species=Gentoo"]] {
      let run = try await Program.run(["run", "-e", "script"] + words, in: project)
      #expect(run.status == 0, "\(run.error)")
    }
    let first = try await Program.run(["runs", "report", "latest~1", "-o", "a.ipynb"], in: project)
    #expect(first.status == 0, "\(first.error)")
    let notebook = try JSONValue(parsing: FileSystem.readText(project.appending("a.ipynb")))
    let cells = (notebook["cells"]?.array ?? []).filter { $0["cell_type"]?.string == "code" }
    let kinds = cells.map { ($0["outputs"]?.array ?? []).map { $0["output_type"]?.string ?? "" } }
    #expect(kinds == [[], ["stream"], ["stream"], ["display_data"]])
    let diff = try await Program.run(
      ["runs", "diff", "latest~1", "latest", "--html", "two.html"], in: project)
    #expect(diff.status == 1, "\(diff.error)")
    let page = try FileSystem.readText(project.appending("two.html"))
    #expect(page.contains("152 penguins") && page.contains("124 penguins"))
    let wrong = try await Program.run(["run", "-P", "confidence=2"], in: project)
    #expect(wrong.status == 2)
    #expect(wrong.error.contains("more than 0.999"))
    let inspected = try await Program.run(
      ["notebook", "inspect", "notebooks/01-rep-islands.ipynb", "--json"], in: project)
    let names = try JSONValue(parsing: inspected.output)["parameters"]?.array
    #expect(names?.compactMap { $0["name"]?.string } == ["species", "confidence", "colours"])
  }
}
