import Testing

@Suite("Long forms that cannot be read") struct DataLongFormFailureTests {
  @Test(
    "each is told at the key or the value that is wrong",
    arguments: [
      ("[int, [unique]]", "4:12 a list in a list of tests"),
      ("{type: it}", "4:13 there is no type `it` (did you mean `int`?)"),
      (
        "{tests: int, tpye: int}",
        "4:14 the type `int` behind a test (the type stands first: `int, …`)" + "\n"
          + "4:19 a column has no key `tpye` (did you mean `type`?)"
      ),
      ("{test: rnage, min: 5}", "4:13 there is no test `rnage` (did you mean `range`?)"),
      (
        "{test: range}",
        "4:7 a range needs `min`, `max`, `above` or `below` (the short form is `18..90`)"
      ),
      ("{test: range, min: 5, max: 1}", "4:25 no number is in `5..1`"),
      ("{test: range, min: 5, above: 1}", "4:25 `min` and `above` of one test"),
      (
        "{test: range, mni: 5}",
        "4:7 a range needs `min`, `max`, `above` or `below` (the short form is `18..90`)" + "\n"
          + "4:20 `range` has no key `mni` (did you mean `min`?)"
      ),
      ("{test: range, min: five}", "4:25 expected a number behind `min`, found `five`"),
      ("{test: range, min: [5]}", "4:25 `min` is a text, not a list"),
      ("{test: rows, min: 5}", "4:13 `rows` is a test of the table (put it under `table`)"),
      ("{test: in-set, values: []}", "4:29 `values` is empty"),
      ("{test: in-set, values: [a], file: b}", "4:40 `values` and `file` of one test"),
      (
        "{test: in-set, values: [a, ~]}",
        "4:33 `~` is no value: missing cells are not looked at (leave it out; a text stands in quotes)"
      ),
      ("{test: regex, pattern: '(a'}", "4:30 a `(` that is never closed"),
      (
        #"{test: regex, pattern: "\\d\\q"}"#,
        #"4:33 `\q` means nothing (leave the backslash out for the letter)"#
      ),
      ("{test: nulls, max: 5}", "4:25 `5`: `max` is a share, from 0 to 100% (write `5%`)"),
      (
        "{test: nulls, max: 5%, severity: wran}",
        "4:39 `severity` is `error` or `warn`, not `wran` (did you mean `warn`?)"
      ),
      ("{test: nulls, max: 5%, where: 'x >'}", "4:40 expected a column or a value, found nothing"),
      (
        "{test: nulls, max: 5%, mostly: 5%}",
        "4:37 `mostly` counts rows, and `nulls` is not of single rows (leave it out)"
      ),
      ("{test: monotonic, strict: yes}", "4:32 `strict` is `true` or `false`, not `yes`"),
      (
        "{warn: unique, eror: unique}",
        "4:21 a test with `warn` or `error` has no key `eror` (did you mean `error`?)"
      ),
      ("{warn: {error: unique}}", "4:14 `error` inside of another severity"),
      ("{warn: unique (error)}", "4:21 the severity is said twice (the test stands under `warn:`)"),
      (
        "{min: 5, tset: range}",
        "4:6 a test needs `test`, its name (did you mean `test` by `tset`?)"
      ),
      (
        "[int, {test: type, type: int}]",
        "4:13 `x: int` is tested twice (it stands in line 4 already)"
      ),
      ("!foo int", "4:6 unknown tag `!foo` (remove the tag)"),
      ("*a", "4:6 no anchor `&a` stands before `*a` (put the value in quotes if it is a text)"),
    ] as [(String, String)])
  func problem(text: String, expected: String) {
    #expect(
      problems("data: d.csv\nreference: r.csv\ncolumns:\n  x: \(text)\n").joined(separator: "\n")
        == expected)
  }
}
