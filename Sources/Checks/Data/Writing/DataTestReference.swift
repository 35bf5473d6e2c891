import Formats
import Platform

/// The tables of `docs/reference/data-tests.md`, made of the forms that suites are read by.
package enum DataTestReference {
  /// A table of tests in Markdown for each place, with its heading.
  ///
  /// - Throws: ``Failure`` when an example cannot be read.
  package static func tables() throws -> String {
    let parts: [(String, [TestForm])] = [
      ("Of cells", TestForm.values), ("Of columns", TestForm.columns),
      ("Statistics and drift", TestForm.statistics), ("Of the table", TestForm.tables),
      ("Of splits", TestForm.splits),
    ]
    return try parts.map { title, forms in
      let head = [
        "### \(title)", "", "| test | passes when | long form | default |",
        "| --- | --- | --- | --- |",
      ]
      return try (head + forms.map(row)).joined(separator: "\n") + "\n"
    }.joined(separator: "\n")
  }

  private static func row(_ form: TestForm) throws -> String {
    let long = try longForm(form)
    return "| `\(form.example)` | \(form.passes) | `\(long)` | \(standard(form)) |"
  }

  /// The long form of a test's example, in one line.
  static func longForm(_ form: TestForm) throws -> String {
    let entries = try test(form).longForm.filter {
      form.place != .column || $0.key != .string("column")
    }
    var options = PythonYAMLWriter.Options()
    (options.flowStyle, options.sortsKeys, options.width) = (true, false, 1 << 30)
    var own = entries
    // `unique key` is written as what it means.
    own[0].value = .string(form.name)
    return PythonYAMLWriter.text(.map(own), options).filter { $0 != "\n" }
  }

  /// What a test's example means.
  static func test(_ form: TestForm) throws -> DataTest {
    let head = "data: d.csv\nreference: r.csv\nlabel: target\n"
    let quoted = "'" + form.example.replacing("'", with: "''") + "'"
    let section =
      switch form.place {
      case .column: "columns: {x: \(quoted)}\n"
      case .table: (form.name == "schema" ? "columns: {x: int}\n" : "") + "table: [\(quoted)]\n"
      case .split: "splits: {train: a.csv, test: b.csv, check: [\(quoted)]}\n"
      }
    let suite = try DataSuite(parsing: Array((head + section).utf8), file: form.name)
    guard let test = suite.tests.last else {
      throw Failure(.bug, "the example of `\(form.name)` is no test")
    }
    return test
  }

  /// The defaults of its parameters, with where they are from.
  private static func standard(_ form: TestForm) -> String {
    let said = form.parameters.compactMap { parameter -> String? in
      guard let value = parameter.standard else { return nil }
      let lead = parameter.lead.map { $0 + " " } ?? ""
      return "`\(lead)\(parameter.shortForm(value))`"
    }
    let all = said.joined(separator: ", ")
    return form.source.isEmpty || all.isEmpty ? all + form.source : "\(all) (\(form.source))"
  }
}
