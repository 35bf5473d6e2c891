import Testing

@Suite("Parts of tests of columns that cannot be read") struct DataColumnPartFailureTests {
  @Test(
    "each is told at the word that is wrong",
    arguments: [
      (
        "float, outliers iqr < 5%",
        "4:26 expected `<=` or `==` behind `outliers`, found `<` (write `<=`)"
      ),
      ("float, outliers iqr >= 5%", "4:26 expected `<=` or `==` behind `outliers`, found `>=`"),
      (
        "float, outliers iqr == 5%",
        "4:26 `outliers` says how much there may be at most (write `<= 5%`)"
      ),
      ("float, outliers iqr -1", "4:26 `-1`: `outliers` is never below 0"),
      (
        "float, mean",
        "4:17 expected bounds behind `mean`, found nothing (write `0..10`, `>= 0`, `< 10` or `== 5`)"
      ),
      (
        "float, mean 1",
        "4:18 `1` is no bound: is it the least, the most, or both? (write `>= 1`, `<= 1` or `== 1`)"
      ),
      (
        "float, quantile <= 5",
        "4:26 expected a share behind `quantile`, found nothing (write `5%`)"
      ),
      ("float, quantile 2 <= 5", "4:22 `2`: `quantile` is a share, from 0 to 100% (write `2%`)"),
      (
        "float, nulls <= 0.05 where x",
        "4:33 expected a condition, and `x` is a number (compare it: `x > 0`)"
      ),
      (
        "float, nulls where x > 'a'",
        "4:27 `x` is a number, and `'a'` is a text (leave out the quotes)"
      ),
      ("float, nulls where y >", "4:28 expected a column or a value, found nothing"),
      ("float, nulls where x = 1", "4:27 there is no operator `=` (write `==`)"),
      ("float, nulls where (x > 1", "4:25 a `(` that is never closed"),
      (
        "float, nulls where x > 1)",
        "4:30 unexpected `)` behind `nulls` (there may stand `mostly`, `where`, `by` or `(warn)`)"
      ),
      (
        "float, nulls where x in [KR]",
        "4:31 `KR` without quotes (texts of a list stand in quotes: `'KR'`)"
      ),
      ("float, nulls where x > 1 and", "4:34 expected a column or a value, found nothing"),
      (
        "float, nulls, where x > 1",
        "4:18 a comma before `where` (leave it out: `where` belongs to the test before it)"
      ),
      (
        "float, nulls by",
        "4:21 expected a column behind `by`, found nothing (names that are no words stand in backticks: `` `first name` ``)"
      ),
      (
        "float, nulls (wran)",
        "4:20 expected `warn`, `error` or `guess`, found `wran` (did you mean `warn`?)"
      ),
      ("float, nulls (warn", "4:19 a `(` that is never closed"),
      ("float, nulls (warn, warn)", "4:26 a second severity of one test"),
      ("float,, unique", "4:12 a comma without a test before it"),
      ("float, unique,", "4:20 a comma with nothing behind it"),
      (", unique", "4:6 did not find expected node content while parsing a block node"),
      (
        "float, rows >= 5",
        "4:13 `rows` is a test of the table (put it under `table`: `rows >= 1000`)"
      ),
      (
        "float, not_null", "4:13 there is no test `not_null` of a column (did you mean `not null`?)"
      ),
      (
        "float, between 1 and 2",
        "4:13 there is no test `between` of a column (write a range: `18..90`)"
      ),
      ("float, not-null", "4:13 `not-null` is the name of a long form (write `not null`)"),
      (
        "float, monotonic desc",
        "4:23 unexpected `desc` behind `monotonic` (there may stand `strict`, `descending`, `mostly`, `where`, `by` or `(warn)`)"
      ),
      (
        "datetime, age <= 2",
        "4:23 `2` of what: days, hours, minutes or seconds (write `2d`, `2h`, `2m` or `2s`)"
      ),
      ("datetime, age <= 2y", "4:24 `y` is no unit of time (units are d, h, m and s)"),
      ("datetime, age < 2d", "4:20 expected `<=` or `==` behind `age`, found `<` (write `<=`)"),
      (
        "datetime, age <= 12h1d",
        "4:27 `d` behind a smaller unit (write the largest first: `1d12h`)"
      ),
      ("float, age <= 2d", "4:13 `age` is of times, and `x` is `float`"),
      (
        "string, drift ks p >= 0.05",
        "4:14 `ks` is of numbers, and `x` is `string` (write `psi`, `js` or `chi2`)"
      ),
      (
        "float, drift ks < 0.1",
        "4:22 `ks` is judged by its p-value, not by a distance (write `ks p >= 0.1`)"
      ),
      (
        "float, drift psi p >= 0.05",
        "4:23 `psi` is a distance and has no p-value (write `psi < 0.05`)"
      ),
      (
        "float, drift auto < 0.1",
        "4:24 `auto` takes the limit of the method that it chooses (name a method: `psi < 0.1`)"
      ),
      ("float, drift pssi < 0.1", "4:19 unexpected `pssi` behind `drift` (did you mean `psi`?)"),
      (
        "float, drift chi2",
        "4:13 `chi2` is of classes, and `x` is `float` (write `psi`, `ks` or `wasserstein`)"
      ),
      (
        "string, no pii except [mail]",
        "4:29 expected `email`, `phone`, `card` or `resident-number` behind `[`, found `mail` (did you mean `email`?)"
      ),
      (
        "image, images width",
        "4:25 expected bounds behind `width`, found nothing (write `0..10`, `>= 0`, `< 10` or `== 5`)"
      ),
      (
        "image, images hieght >= 5",
        "4:20 unexpected `hieght` behind `images` (did you mean `height`?)"
      ),
      ("image, images width 1.5..2", "4:26 `1.5`: `width` is a whole number"),
      ("int, distinct 2.5..3", "4:20 `2.5`: `distinct` is a whole number"),
      (
        "int, class balance >= 10",
        "4:28 `10`: `class balance` is a share, from 0 to 100% (write `10%`)"
      ),
      ("int, class balance <= 10%", "4:25 expected `>=` behind `class balance`, found `<=`"),
      (
        "category, mixed types outside 5%..",
        "4:28 `mixed types` needs both ends of a range (write `outside 1%..10%`)"
      ),
      ("category, mixed nulls <= -1", "4:31 `-1`: `mixed nulls` is never below 0"),
      (
        ">5",
        "4:6 a test of a column is empty: a value that begins with `>` or `|` is a text of the lines below it (put the value in quotes: `'>= 0'`)"
      ),
      (
        ">= 0",
        "4:7 did not find expected comment or line break while scanning a block scalar (put the value in quotes, as it begins with `>`: `'>= 0'`)"
      ),
      ("int, >= 0 and 5", "4:20 expected `<=` or `<` behind a range, found `5`"),
      ("int, < 5 and > 0", "4:11 the lower bound stands first (write `>= 0 and < 10`)"),
      ("int, >= 0 and < 0", "4:11 no number is in `>= 0 and < 0`"),
    ] as [(String, String)])
  func problem(text: String, expected: String) {
    #expect(
      problems("data: d.csv\nreference: r.csv\ncolumns:\n  x: \(text)\n").joined(separator: "\n")
        == expected)
  }
}
