@testable import Checks
import Formats
import Glibc
import Platform
import Support
import SystemPackage
import Testing

@Suite("The reference of data tests") struct DataTestReferenceTests {
  private static let page = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().removingLastComponent().appending("docs/reference/data-tests.md")
  private static let start = "<!-- tests -->\n"
  private static let end = "<!-- end of tests -->\n"

  /// What stands before the tables, the tables, and what stands behind.
  private func parts() throws -> (String, String, String) {
    let text = try FileSystem.readText(Self.page)
    let open = try #require(text.firstRange(of: Self.start))
    let close = try #require(text.firstRange(of: Self.end))
    return (
      String(text[..<open.upperBound]), String(text[open.upperBound..<close.lowerBound]),
      String(text[close.lowerBound...])
    )
  }

  @Test("its tables are those of the code") func tables() throws {
    let tables = try DataTestReference.tables()
    let (before, written, behind) = try parts()
    guard getenv("REPRISE_WRITE_REFERENCE") == nil else {
      try FileSystem.write(before + tables + behind, to: Self.page)
      return
    }
    #expect(
      written == tables,
      "write them anew: REPRISE_WRITE_REFERENCE=1 swift test --filter DataTestReferenceTests")
  }

  @Test("its suites can be read") func suites() throws {
    let (before, _, _) = try parts()
    let blocks = before.split(separator: "```").filter { $0.hasPrefix("yaml\n") }
    #expect(blocks.count == 2)
    for block in blocks {
      let read = try suite(String(block.dropFirst("yaml\n".count)))
      #expect(read.own.count > 5)
    }
  }

  @Test("its keys are those that are read") func keys() throws {
    let (before, _, _) = try parts()
    for key in SuiteReader.keys { #expect(before.contains("`\(key)`"), "\(key)") }
    for key in SuiteReader.columnKeys { #expect(before.contains("`\(key)`"), "\(key)") }
    for key in SuiteReader.driftKeys where key != "severity" {
      #expect(before.contains("`\(key)`"), "\(key)")
    }
  }

  @Test("each example is of its test", arguments: TestForm.all.indices)
  func example(index: Int) throws {
    let form = TestForm.all[index]
    let name = form.name
    let test = try DataTestReference.test(form)
    #expect(form.arguments(test.kind) != nil || name == "unique-key")
    // The long form of the page means the same.
    let column = form.place == .column ? ", column: x" : ""
    let long = try DataTestReference.longForm(form).dropLast() + column + "}"
    let head = "data: d.csv\nreference: r.csv\n" + (name == "schema" ? "columns: {x: int}\n" : "")
    let read = try suite(
      form.place == .split
        ? head + "splits: {train: a.csv, test: b.csv, check: [\(long)]}\n"
        : head + "table: [\(long)]\n")
    #expect(read.tests.last?.unplaced == test.unplaced)
  }

  @Test("every kind of test has a form") func complete() throws {
    for seed in 0..<40 {
      var random = RandomSuite(seed: UInt64(seed))
      for test in random.suite().tests {
        let (form, arguments) = try #require(TestForm.writing(test.kind))
        #expect(try form.make(arguments) == test.kind)
      }
    }
  }
}
