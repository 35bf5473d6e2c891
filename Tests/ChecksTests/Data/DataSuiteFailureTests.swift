import Testing

@Suite("Suites that cannot be read") struct DataSuiteFailureTests {
  @Test(
    "each is told where it is wrong",
    arguments: [
      ("", "1:1 a suite without content (it begins with `data: data/train.csv`)"),
      ("# nothing\n", "1:1 a suite without content (it begins with `data: data/train.csv`)"),
      ("a\n", "1:1 a suite is a mapping, not a text (write `key: value` lines)"),
      ("[a]", "1:1 a suite is a mapping, not a list (write `key: value` lines)"),
      (
        "data: d.csv\n",
        "1:1 a suite without tests (add `columns:` with lines such as `age: int, 18..90`, or `table:`)"
      ),
      (
        "columns: {x: int}\n",
        "1:1 a suite needs `data`, the table that it tests (add `data: data/train.csv`)"
      ),
      (
        "data: d.csv\ncolums: {x: int}\n",
        "2:1 a suite has no key `colums` (did you mean `columns`?)"
      ),
      (
        "data: d.csv\ncolumns: [x]\n",
        "2:10 `columns` is a mapping, not a list (write `key: value` lines)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: int\n  x: float\n",
        "4:3 `x` is in `columns` twice (it stands in line 3 already)"
      ),
      (
        "data: d.csv\ndata: e.csv\ncolumns: {x: int}",
        "2:1 `data` is in a suite twice (it stands in line 1 already)"
      ),
      ("data: \ncolumns: {x: int}", "1:6 `data` is empty"),
      (
        "data: d.csv@\ncolumns: {x: int}",
        "1:12 no version behind `@` (write `data/train.csv@v1.0`)"
      ),
      (
        "data: http://x/y.csv\ncolumns: {x: int}",
        "1:7 there is no place `http:` of tables (tables are files here: get it first, and name the file)"
      ),
      (
        "data: dcv:a@v1\ncolumns: {x: int}",
        "1:7 there is no place `dcv:` of tables (did you mean `dvc:`?)"
      ),
      (
        "data: run:5\ncolumns: {x: int}",
        "1:11 which artifact of the run? (write `run:ID/data/train.csv`)"
      ),
      (
        "data: sqlite:a.db\ncolumns: {x: int}",
        "1:14 which table of `a.db`? (write `sqlite:store.db#orders`)"
      ),
      ("data: dvc:a\ncolumns: {x: int}", "1:11 which version of `a`? (write `dvc:a@v1.0`)"),
      (
        "data: d.csv\ndrift: {method: auto}\n",
        "2:8 `drifted columns <= 50%` compares with a reference, and there is none (add `reference:` with a file, or with a version: `data@v1.0`)"
      ),
      (
        "data: d.csv\nreference: r\ndrift: {methd: auto, correction: hb}\n",
        "3:9 `drift` has no key `methd` (did you mean `method`?)" + "\n"
          + "3:34 `correction` is `bh`, `bonferroni` or `none`, not `hb` (did you mean `bh`?)"
      ),
      (
        "data: d.csv\nreference: r\ndrift: {columns: {x: psii < 0.1}}\n",
        "3:22 expected a method of drift, found `psii` (did you mean `psi`?)"
      ),
      (
        "data: d.csv\nreference: r\ndrift: {share: 30}\n",
        "3:16 `30`: `share` is a share, from 0 to 100% (write `30%`)"
      ),
      (
        "data: d.csv\nreference: r\ndrift: psi\n",
        "3:8 `drift` is a mapping, not a text (write `key: value` lines)"
      ),
      (
        "data: d.csv\nsplits: {train: a, tset: b, check: [overlap == 0]}\n",
        "2:9 `splits` needs `test`, a table (did you mean `test` by `tset`?)"
      ),
      (
        "data: d.csv\nsplits: {train: a, test: b}\n",
        "2:9 `splits` needs `check`, a list of tests (add `check: [overlap == 0, no new categories]`)"
      ),
      (
        "data: d.csv\nsplits: {train: a, test: b, check: [overlap = 0]}\n",
        "2:45 expected `<=` or `==` behind `overlap`, found `=` (write `==`)"
      ),
      (
        "splits: {train: a, test: b, check: [leak score < 0.9, no group leak, time order, label y psii < 0.1, label y chi2 < 0.1, sizes > 100, rows >= 5, no new categoris]}\n",
        "1:37 `leak score` of which column? (add `label: COLUMN` to the suite, or write `leak score target < 0.95`)"
          + "\n"
          + "1:68 expected a column, found nothing (names that are no words stand in backticks: `` `first name` ``)"
          + "\n"
          + "1:80 expected a column, found nothing (names that are no words stand in backticks: `` `first name` ``)"
          + "\n"
          + "1:90 expected `psi`, `ks`, `chi2`, `js`, `wasserstein`, `linf`, `tvd`, `hellinger`, `energy`, `cramer-von-mises`, `mann-whitney`, `t`, `z` or `p` behind `label`, found `psii` (did you mean `psi`?)"
          + "\n"
          + "1:115 `chi2` is judged by its p-value, not by a distance (write `chi2 p >= 0.1`)"
          + "\n"
          + "1:128 expected `>=` behind `sizes`, found `>` (write `>=`)" + "\n"
          + "1:135 `rows` is a test of the table (put it under `table`: `rows >= 1000`)" + "\n"
          + "1:146 there is no test `no new categoris` (did you mean `no new categories`?)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: int, 18..90\n  y: string ~ 'a: b'\n",
        "4:17 mapping values are not allowed in this context (put the value in quotes, as a colon and a blank stand in it)"
      ),
      (
        "data: d.csv\ncolumns:\n  y: string ~ \"a: b\"\n",
        "3:17 mapping values are not allowed in this context (put the value in quotes, as a colon and a blank stand in it)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: >= 0\n",
        "3:7 did not find expected comment or line break while scanning a block scalar (put the value in quotes, as it begins with `>`: `'>= 0'`)"
      ),
      (
        "data: d.csv\nseverity: warning\nwhere: a >\ncolumns: {x: int}",
        "2:11 `severity` is `error` or `warn`, not `warning`" + "\n"
          + "3:11 expected a column or a value, found nothing"
      ),
      (
        "data: d.csv\ncolumns: {a: int, b: string}\ntable:\n- schema\n- a > c\n- no duplicates on [aa]\n- b > 5\n",
        "5:7 no column `c` is declared (declare it under `columns`; a text stands in quotes)" + "\n"
          + "6:21 no column `aa` is declared (did you mean `a`?)" + "\n"
          + "7:5 `b` is a text, and `5` is a number (put the number in quotes)"
      ),
      (
        "data: d.csv\ncolumns:\n\tx: int\n",
        "3:1 found character that cannot start any token while scanning for the next token (indent with spaces: YAML does not allow tabs there)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: >\n    int,\n    18..90,\n    uniqe\n",
        "6:5 there is no test `uniqe` of a column (did you mean `unique`?)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: |\n    int,\n    18..90,\n    uniqe\n",
        "6:5 there is no test `uniqe` of a column (did you mean `unique`?)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: int,\n    18..90,\n    uniqe\n",
        "5:5 there is no test `uniqe` of a column (did you mean `unique`?)"
      ),
      (
        "data: d.csv\ncolumns:\n  x: \"int,\\\n    18..90, \\x75niqe\"\n",
        "4:13 there is no test `uniqe` of a column (did you mean `unique`?)"
      ),
      (
        "data: d.csv\r\ncolumns:\r\n  x: int, uniqe\r\n",
        "3:11 there is no test `uniqe` of a column (did you mean `unique`?)"
      ),
      ("data: d.csv\ncolumns:\n  한글: string ~ \"é(\"\n", "3:18 a `(` that is never closed"),
      (
        "data: d.csv\ncolumns:\n  x: &a int, uniqe\n  y: *a\n",
        "3:14 there is no test `uniqe` of a column (did you mean `unique`?)"
      ),
    ] as [(String, String)])
  func problem(text: String, expected: String) {
    #expect(problems(text).joined(separator: "\n") == expected)
  }
}
