import Checks
import Platform

extension FuzzTarget {
  /// Suites of data tests: they are read, or refused at places of the file; what is read is written so that it reads back.
  static let dataSuites = FuzzTarget(
    name: "data-suites",
    seeds: [
      "data: a@v1\ncolumns:\n  a: int, 18..90 mostly 99% where b > 1 and c in ['x', 2] by `d e` (warn, guess)\n  b: [float, {warn: nulls <= 1%, error: {test: nulls, max: 5%}}]\n  c: {type: category, tests: not in [x, 'y, z'], where: a is not null}\n  d: datetime \"%Y-%m\", age <= 1d12h, monotonic strict\n",
      "data: d.csv\nreference: data@v1\nlabel: y\ntable:\n- rows: 1000..\n- no duplicates on [a, `b c`]\n- not (a + 2 * -b >= 0 or c == 'it''s')\n- correlation spearman < 0.9 pairs <= 2\n- {test: compare, expr: a < b, severity: warn}\n- foreign key a in x.db#t#c\n- leak score y < 0.95\ndrift: {method: js, correction: none, columns: {a: psi < 0.1, b: {method: ks, p: 0.01}}, share: 30% (warn)}\nsplits: {train: a, test: b, check: [overlap == 0, label psi < 0.1, sizes >= 10, no new categories in c, leak score < 0.9]}\n",
      "data: &d file:a@b\ncolumns:\n  x: &x >-\n    string ~ \"a+\",\n    length 1..5\n  y: *x\n  z: {<<: {type: image}, tests: images width > 1 and <= 5 duplicates <= 1%}\n  w: \"float, outliers iqr 3 <= 1%, \\x71uantile 95% <= 1e3\"\n",
    ],
    words: [
      "data: ", "columns:\n", "table:\n- ", "drift: ", "splits: ", "check: ", "{test: ", "where ",
      " by ",
      "mostly ", "(warn)", "(guess)", "in [", "not in ", "..", ">= ", "< ", "== ", " and ", " or ",
      "not ",
      "is null", "%", "~ \"", "'", "`", "psi", "ks p", "nulls", "outliers ", "unique", "age <= 2d",
      "warn: ", "severity: ", "&a ", "*a", "<<: ", ">-\n  ", "\\u00e9", "\u{FEFF}", "\r\n", "1e999",
    ]
  ) { bytes in
    if let expression = try? RowExpression(parsing: bytes.text) {
      let again = try? RowExpression(parsing: expression.text)
      require(again == expression, "an expression does not read back")
    }
    let suite: DataSuite
    do throws(Failure) { suite = try DataSuite(parsing: bytes, file: "s.yml") } catch {
      let lines = bytes.count + 1
      for failure in [error] + error.details {
        guard let location = failure.location else { continue }
        require((1...lines).contains(location.line ?? 1), "a problem is in no line")
        require((1...lines).contains(location.column ?? 1), "a problem is in no column")
      }
      return
    }
    let text = suite.yaml()
    do throws(Failure) {
      let again = try DataSuite(parsing: Array(text.utf8), file: "s.yml")
      require(again.yaml() == text, "a suite is written another way the second time")
      let (ours, theirs) = (suite.tests.map { $0.line() }, again.tests.map { $0.line() })
      require(ours.sorted() == theirs.sorted(), "tests do not read back: \(text)")
    } catch { require(false, "a suite does not read back: \(error)\n\(text)") }
  }
}
