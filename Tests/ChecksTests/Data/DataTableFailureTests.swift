import Testing

@Suite("Tests of a table that cannot be read") struct DataTableFailureTests {
  @Test(
    "each is told at the word that is wrong",
    arguments: [
      ("uniqe", "4:3 there is no test `uniqe` (did you mean `unique`?)"),
      (
        "no duplicats on [id]",
        "4:3 there is no test `no duplicats` (did you mean `no duplicates`?)"
      ),
      ("no duplicates on id", "4:20 expected columns behind `on`, found `id` (write `[id, city]`)"),
      ("no duplicates on [id, id]", "4:25 `id` stands twice in the list"),
      ("no duplicates on []", "4:20 an empty list of columns (name some: `[id, city]`)"),
      (
        "rows",
        "4:7 expected bounds behind `rows`, found nothing (write `0..10`, `>= 0`, `< 10` or `== 5`)"
      ),
      (
        "rows: ten",
        "4:9 expected bounds behind `rows`, found `ten` (write `0..10`, `>= 0`, `< 10` or `== 5`)"
      ),
      (
        "rows: 5",
        "4:9 `5` is no bound: is it the least, the most, or both? (write `>= 5`, `<= 5` or `== 5`)"
      ),
      ("rows >= 1.5", "4:11 `1.5`: `rows` is a whole number"),
      ("rows >= -5", "4:11 `-5`: `rows` is never below 0"),
      (
        "rows by x",
        "4:8 expected bounds behind `rows`, found `by` (write `0..10`, `>= 0`, `< 10` or `== 5`)"
      ),
      ("columns >= 5 where x > 1", "4:16 `columns` is of all rows, without `where` (leave it out)"),
      (
        "schema",
        "4:3 `schema` of which columns? (declare them under `columns`, or write `schema [id, city]`)"
      ),
      ("correlation <= 0.9", "4:15 expected `<` behind `correlation`, found `<=` (write `<`)"),
      (
        "correlation personn < 0.9",
        "4:15 unexpected `personn` behind `correlation` (did you mean `pearson`?)"
      ),
      ("label conflict <= 5", "4:21 `5`: `label conflict` is a share, from 0 to 100% (write `5%`)"),
      (
        "no label conflict",
        "4:3 `no label conflict` of which column? (add `label: COLUMN` to the suite, or write `no label conflict target`)"
      ),
      (
        "drifted columns < 30%",
        "4:19 expected `<=` or `==` behind `drifted columns`, found `<` (write `<=`)"
      ),
      (
        "class balance <= 5%",
        "4:3 `class balance` of which column? (write its name behind: `class balance NAME`, or put the test under `columns`)"
      ),
      ("class balance x <= 5%", "4:19 expected `>=` behind `class balance`, found `<=`"),
      (
        "mean 1..2",
        "4:3 `mean` of which column? (write its name behind: `mean NAME`, or put the test under `columns`)"
      ),
      (
        "mean x",
        "4:9 expected bounds behind `mean`, found nothing (write `0..10`, `>= 0`, `< 10` or `== 5`)"
      ),
      (
        "start <= end, x > 1",
        "4:15 a comma behind a test (tests of the table stand in a list, one an item)"
      ),
      (
        "start < = end",
        "4:11 expected a column or a value, found `=` (texts stand in quotes, odd names of columns in backticks)"
      ),
      ("start <> end", "4:9 there is no operator `<>` (write `!=`)"),
      ("start and 5", "4:13 `and` joins conditions, and `5` is a number (compare it: `5 > 0`)"),
      ("5", "4:3 expected a condition, and `5` is a number (compare it: `5 > 0`)"),
      (
        "start + 1",
        "4:3 expected a condition, and `start + 1` is a number (compare it: `start + 1 > 0`)"
      ),
      ("start = end", "4:9 there is no operator `=` (write `==`)"),
      ("start == null", "4:12 nothing equals `null` (write `is null` or `is not null`)"),
      ("start is 5", "4:12 expected `null` behind `is`, found `5` (values are compared by `==`)"),
      ("abs(start) > 1", "4:3 there is no function `abs`: expressions have none"),
      ("start > 1 > ", "4:14 expected a column or a value, found nothing"),
      (
        "a < b < c in [1]",
        "4:13 `in` behind a comparison (join the two by `and`, or use parentheses)"
      ),
      (
        "AND > 1", "4:3 `AND` is no column (write `and`, or put a column of this name in backticks)"
      ),
      ("a AND b", "4:5 expected an operator, found `AND` (did you mean `and`?)"),
      ("a && b", "4:5 there is no operator `&&` (write `and`)"),
      ("!a", "4:3 unknown tag `!a` (remove the tag)"),
      (
        "not a > b not",
        "4:13 expected an operator, found `not` (operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `in`, `is`, `and`, `or`)"
      ),
      ("a in (1, 2)", "4:8 expected `[` behind `in`, found `(` (write `in ['KR', 'US']`)"),
      ("a in [1, b]", "4:12 `b` without quotes (texts of a list stand in quotes: `'b'`)"),
      ("a in []", "4:8 an empty list of values (write `in ['KR', 'US']`)"),
      (
        "a like 'x'",
        "4:5 expected an operator, found `like` (operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `in`, `is`, `and`, `or`)"
      ),
      (
        "'a' > 1",
        "4:9 did not find expected comment or line break while scanning a block scalar (put the whole value in quotes: what begins with a quote ends with the next one)"
      ),
      ("a + 'b' > 1", "4:7 `+` is of numbers, and `'b'` is a text"),
      ("- - 5 > a", "4:3 a list in a list of tests"),
      ("a > 5x", "4:7 `5x` is no number"),
      ("a > 5%", "4:7 there are no percentages in expressions (write `0.05`)"),
      (
        "`a > 1",
        "4:3 found character that cannot start any token while scanning for the next token (put the value in quotes: it must not start with ```)"
      ),
      (
        "`` > 1",
        "4:3 found character that cannot start any token while scanning for the next token (put the value in quotes: it must not start with ```)"
      ),
      ("a ≤ b", "4:5 there is no operator `≤` (write `<=`)"),
      (
        "a b",
        "4:5 expected an operator, found `b` (operators are `==`, `!=`, `<`, `<=`, `>`, `>=`, `+`, `-`, `*`, `/`, `in`, `is`, `and`, `or`)"
      ),
      (
        "{age: 18..90}",
        "4:4 there is no test `age` of the table (tests of a column stand under `columns`: `age: …`)"
      ),
      ("{test: range, min: 5}", "4:3 `range` of which column? (add `column: NAME`)"),
      (
        "{test: range, column: a, min: 5, mostly: 2}",
        "4:44 `2`: `mostly` is a share, from 0 to 100% (write `2%`)"
      ),
      ("{test: overlap}", "4:10 `overlap` is a test of splits (put it under `check` of `splits`)"),
      ("{test: compare, expr: 'a >'}", "4:29 expected a column or a value, found nothing"),
      ("{test: compare}", "4:4 `compare` needs `expr` (the short form is `start <= end`)"),
      (
        "{a: 1, b: 2}",
        "4:3 a test needs `test`, its name (write `{test: range, min: 18, max: 90}`)"
      ),
      ("[[a > b]]", "4:3 a list in a list of tests"),
      (
        "{test: no duplicates}",
        "4:10 there is no test `no duplicates` (did you mean `no-duplicates`?)"
      ),
      ("a > b mostly 0.5 mostly 0.6", "4:20 a second `mostly` of one test"),
      (
        "a > b by",
        "4:11 expected a column behind `by`, found nothing (names that are no words stand in backticks: `` `first name` ``)"
      ),
      ("a > 1 where", "4:14 expected a column or a value, found nothing"),
    ] as [(String, String)])
  func problem(text: String, expected: String) {
    #expect(
      problems("data: d.csv\nreference: r.csv\ntable:\n- \(text)\n").joined(separator: "\n")
        == expected)
  }
}
