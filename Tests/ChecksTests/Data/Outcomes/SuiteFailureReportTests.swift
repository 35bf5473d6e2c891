import Formats
import Platform
import Testing

@testable import Checks

@Suite("Suites that cannot be read, in each form of the report") struct SuiteFailureReportTests {
  /// Two mistakes: in line 2 and in line 3.
  private func report() throws -> TestReport {
    let text = "data: t.csv\ncolumns:\n  a: [int, uniqe]\n  b: bar\n"
    do throws(Failure) {
      _ = try DataSuite(parsing: Array(text.utf8), file: "tests/data/t.yml")
    } catch {
      #expect(error.details.count == 2)
      return TestReport(failures: [.init(file: "tests/data/t.yml", failure: error)])
    }
    throw Failure(.bug, "the suite is read")
  }

  @Test("each mistake is told with its place and hint") func details() throws {
    let report = try report()
    let mistakes = report.failures[0].failure.details
    let first = try #require(mistakes[0].hint)
    for mistake in mistakes {
      let place = try #require(mistake.location)
      for (form, text) in [
        ("json", report.json.text()), ("junit", report.junit),
        ("html", TestPage(report, language: .english).html),
      ] {
        #expect(text.contains("\(place)"), "\(form) without \(place)")
      }
    }
    #expect(first.contains("unique"))
    let annotations = report.github.split(separator: "\n")
    #expect(annotations.count == 2)
    #expect(annotations[0].contains("line=3,col=12") && annotations[0].contains("hint: "))
    #expect(annotations[1].contains("line=4,col=6"))
    let results = try #require(report.sarif(version: "1")["runs"]?.array?[0]["results"]?.array)
    #expect(results.count == 2)
    #expect(results[0].text().contains("\"startLine\":3") && results[0].text().contains("hint: "))
    let details = try #require(
      report.json["failures"]?.array?[0]["error"]?["details"]?.array)
    #expect(details.map { $0["message"]?.string } == mistakes.map(\.message))
    #expect(details[0]["hint"]?.string == first)
    // XML's and HTML's own signs are escaped.
    #expect(report.junit.contains("did you mean `unique`"))
  }
}
