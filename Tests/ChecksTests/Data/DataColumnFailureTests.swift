import Testing

@Suite("Lines of columns that cannot be read") struct DataColumnFailureTests {
  @Test(
    "each is told at the word that is wrong",
    arguments: [
      ("int, 90..18", "4:11 no number is in `90..18` (did you mean `18..90`?)"),
      ("int, 5..<5", "4:14 expected a number behind `..`, found `<` (write `>= 5 and < 10`)"),
      ("int, 18...90", "4:13 a range has two points between its ends (write `18..90`)"),
      ("int, 18-90", "4:13 expected `..` behind `18`, found `-` (write `18..90`)"),
      (
        "int, 5",
        "4:11 `5` is no bound: is it the least, the most, or both? (write `>= 5`, `<= 5` or `== 5`)"
      ),
      ("int, ..", "4:11 `..` without a number (write `18..90`, `18..` or `..90`)"),
      ("int, >= x", "4:14 expected a number behind a range, found `x`"),
      (
        "int, => 5",
        "4:11 expected `==`, `>=`, `<=`, `>` or `<` behind a range, found `=>` (write `>=`)"
      ),
      (
        "int, =5",
        "4:11 expected `==`, `>=`, `<=`, `>` or `<` behind a range, found `=` (write `==`)"
      ),
      ("int, 18%..90%", "4:11 `18%` is a share, and a range takes a number (write `0.18`)"),
      ("int, 1e999..", "4:11 `1e999` is larger than a number can be"),
      (
        "int, 18..90 mostly 0%",
        "4:18 `mostly 0%` is passed by everything (remove the test, or write `mostly 99%`)"
      ),
      ("int, 18..90 mostly 120%", "4:25 `120%`: `mostly` is a share, from 0 to 100%"),
      ("int, 18..90 mostly 99", "4:25 `99`: `mostly` is a share, from 0 to 100% (write `99%`)"),
      (
        "int, nulls mostly 99%",
        "4:17 `mostly` counts rows, and `nulls` is not of single rows (leave it out)"
      ),
      ("int, 18..90, mostly", "4:25 expected a share behind `mostly`, found nothing (write `5%`)"),
      (
        "int, unique unique",
        "4:18 unexpected `unique` behind `unique` (a comma stands before the next test: `, unique`)"
      ),
      ("int, unique, unique", "4:19 `x: unique` is tested twice (it stands in line 4 already)"),
      (
        "int unique",
        "4:10 unexpected `unique` behind the type (a comma stands before the next test: `, unique`)"
      ),
      ("int, uniqe", "4:11 there is no test `uniqe` of a column (did you mean `unique`?)"),
      ("intt, unique", "4:6 there is no type and no test `intt` of a column (did you mean `int`?)"),
      ("unique, int", "4:14 the type `int` behind a test (the type stands first: `int, …`)"),
      ("string, mean 1..2", "4:14 `mean` is of numbers, and `x` is `string`"),
      (#"int ~ "a""#, "4:10 `~` is of texts, and `x` is `int`"),
      ("int, length 1..2", "4:11 `length` is of texts, and `x` is `int`"),
      (
        "string, 1..2",
        "4:14 a range is of numbers, and `x` is `string` (write `length …` for the length of a text, `in […]` for its values)"
      ),
      (
        "date, 1..2",
        "4:12 a range is of numbers, and `x` is `date` (compare it under `table`: `x >= '2026-01-01'`)"
      ),
      (#"string ~ "a(b""#, "4:17 a `(` that is never closed"),
      (#"string ~ "a{2}{3}*""#, "4:20 a quantifier behind a quantifier (put the first in `(?:…)`)"),
      (
        "string ~ abc",
        #"4:15 expected a text in quotes behind `~`, found `abc` (write `~ "[A-Z]{2}\d+"`)"#
      ),
      (
        "string ~",
        #"4:14 expected a text in quotes behind `~`, found nothing (write `~ "[A-Z]{2}\d+"`)"#
      ),
      (
        #"string ~ "abc"#,
        #"4:15 a `"` that is never closed (a `"` inside of the text stands twice)"#
      ),
      (
        #"string ~ "a #b""#,
        #"4:15 a `"` that is never closed (a `#` behind a blank begins a comment: put the whole value in single quotes)"#
      ),
      (
        #"string, "abc""#, #"4:14 a text alone is no test (write `~ "…"` for a regular expression)"#
      ),
      (#"'string ~ "it''s ("'"#, "4:23 a `(` that is never closed"),
      (#""string ~ \"\\d(\"""#, "4:21 a `(` that is never closed"),
      (
        #"datetime "%Q", monotonic"#,
        "4:16 there is no field `%Q` of times (fields are those of `strptime`: %Y, %m, %d, %H, %M, %S, %f, %z, …)"
      ),
      (#"datetime "Y""#, #"4:16 a format without fields (write `"%Y-%m-%d %H:%M:%S"`)"#),
      (#"int "%Y""#, #"4:10 `int` has no format (times have one: `datetime "%Y-%m-%d"`)"#),
      (
        "string, format",
        #"4:20 expected a text in quotes behind `format`, found nothing (write `format "%d.%m.%Y"`)"#
      ),
      (#"string, format "%Y-%""#, "4:25 a `%` with nothing behind it (`%%` is a percent sign)"),
      ("category in [KR, US", "4:18 a `[` that is never closed"),
      ("category in []", "4:18 an empty list of values (write `[a, b]`)"),
      ("category in [KR, KR]", "4:23 `KR` stands twice"),
      ("category in [KR US, ]", "4:26 expected a value, found `]` (an empty text is `''`)"),
      ("int in [a, b]", "4:14 no `int` is `a` (the column is declared as `int`)"),
      (
        "category in [null]",
        "4:19 `null` is no value: missing cells are not looked at (leave it out; a text stands in quotes: `'null'`)"
      ),
      (
        "category in",
        "4:17 expected values behind `in`, found nothing (write `in [a, b]`, `in data/codes.txt` or `in data/cities.csv#name`)"
      ),
      ("category in data/c.csv#", "4:28 no column behind the `#` (write `data/cities.csv#name`)"),
      (
        "category, foreign key data/c.csv",
        "4:28 expected `in` behind `foreign key`, found `data` (write `foreign key in data/cities.csv#name`)"
      ),
      (
        "category, foreign key in data/c.csv",
        "4:31 which column of `data/c.csv`? (write `data/c.csv#name`)"
      ),
      ("float, outliers", "4:21 expected `iqr`, `z` or `mad` behind `outliers`, found nothing"),
      (
        "float, outliers iqrr <= 1%",
        "4:22 expected `iqr`, `z` or `mad` behind `outliers`, found `iqrr` (did you mean `iqr`?)"
      ),
      ("float, outliers iqr <= 5", "4:29 `5`: `outliers` is a share, from 0 to 100% (write `5%`)"),
    ] as [(String, String)])
  func problem(text: String, expected: String) {
    #expect(
      problems("data: d.csv\nreference: r.csv\ncolumns:\n  x: \(text)\n").joined(separator: "\n")
        == expected)
  }
}
