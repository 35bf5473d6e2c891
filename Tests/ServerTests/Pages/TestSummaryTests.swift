import Formats
import Notebooks
import Records
import Support
import Testing

@testable import Server

@Suite("What a run's page says of tests") struct TestSummaryTests {
  private static let report = """
    {"version": 1, "passed": 1, "failed": 1, "suites": [{"suite": "tests/data/a.yml", "rows": 1200, "columns": 3,
    "tests": [{"test": "id: unique", "column": "id", "verdict": "passed", "found": "no row twice"},
    {"test": "age: 18..90", "column": "age", "verdict": "failed", "found": "3 of 1,200 rows <b>", "nearest": "18..95"}]}]}
    """

  @Test("counts, what fails with the form that would pass, and the page with pictures")
  func page() async throws {
    let world = try CellWorld(nil, status: .finished)
    try world.add(Self.report, to: TestSummary.file)
    try world.add("<!doctype html>", to: TestSummary.page)
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(page.contains("id=\"tests\""))
    #expect(page.contains("1 failed, 1 passed"))
    #expect(page.contains("age: 18..90"))
    #expect(page.contains("3 of 1,200 rows &lt;b&gt;"))
    #expect(page.contains("<code>18..95</code>"))
    #expect(page.contains("<summary>1 test passes</summary>"))
    #expect(page.contains("files/tests/report.html"))
    let korean = try await world.world.page("/runs/\(world.run.id)?lang=ko")
    #expect(korean.contains("1개 실패, 1개 통과"))
    // And so does the run's document, in every language at once.
    let report = try ReportPage().report(
      of: world.run, in: world.world.store, notebook: NotebookDocument(cells: []))
    let text = String(decoding: report, as: UTF8.self)
    #expect(text.components(separatedBy: "<section class=\"tests\">").count == 3)
    #expect(text.contains("1 failed, 1 passed") && text.contains("1개 실패, 1개 통과"))
    #expect(text.contains("href=\"../tests/report.html\""))
  }

  @Test(
    "what is no report is none",
    arguments: [
      "", "{", "[]", "{}", "{\"suites\": []}", "{\"suites\": 3}", "{\"suites\": [{}]}",
      "{\"suites\": [{\"suite\": 3}]}", "null",
    ])
  func none(_ text: String) async throws {
    #expect((try? JSONValue(parsing: text)).flatMap { TestSummary($0) } == nil)
    let world = try CellWorld(nil, status: .finished)
    try world.add(text, to: TestSummary.file)
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(!page.contains("id=\"tests\""))
  }

  @Test("members of other kinds are left out, and there are only so many tests")
  func odd() throws {
    let tests = Array(repeating: #"{"test": "t", "verdict": "failed"}"#, count: 1000)
      .joined(separator: ",")
    let summary = try #require(
      TestSummary(
        JSONValue(
          parsing: """
            {"suites": [{"suite": "a", "rows": "x", "tests": [{"test": "t", "verdict": "other"}, 3, {"test": "u",
            "verdict": "passed", "found": 7}]}, {"suite": "b", "tests": [\(tests)]}, {"suite": "c", "tests": {}}]}
            """)))
    #expect(summary.suites.map(\.name) == ["a", "b", "c"])
    #expect(summary.suites[0].rows == nil)
    #expect(summary.count(.failed) == 1000 && summary.count(.passed) == 1)
    #expect(summary.suites[1].tests.count == TestSummary.most && summary.suites[0].tests.isEmpty)
    #expect(summary.left == 501)
  }

  @Test(
    "what fails is shown before what passes, with its group; suites that could not be read are told"
  )
  func order() async throws {
    let passing = Array(repeating: #"{"test": "p", "verdict": "passed"}"#, count: 600)
      .joined(separator: ",")
    let text = """
      {"suites": [{"suite": "a", "tests": [\(passing), {"test": "f", "group": "city=Seoul", "verdict": "failed"}]}],
      "failures": [{"file": "tests/data/b.yml", "error": {"message": "no suite", "location": "tests/data/b.yml:3:1"}}]}
      """
    let summary = try #require(TestSummary(JSONValue(parsing: text)))
    #expect(summary.suites.map(\.tests.count) == [499, 1] && summary.left == 102)
    #expect(summary.suites[0].tests.last?.text == "f [city=Seoul]")
    #expect(summary.suites[1].tests.map(\.found) == ["no suite"])
    let world = try CellWorld(nil, status: .finished)
    try world.add(text, to: TestSummary.file)
    let page = try await world.world.page("/runs/\(world.run.id)?lang=en")
    #expect(page.contains("1 failed, 1 could not be done, 600 passed"))
    #expect(page.contains("102 tests more"))
  }
}
