/// What other tools call tests and types, for hints.
enum ForeignTestNames {
  static let meant: [String: String] = [
    "between": "write a range: `18..90`", "ge": "write `>= 0`", "gt": "write `> 0`",
    "le": "write `<= 0`", "lt": "write `< 0`", "isin": "write `in [a, b]`",
    "accepted_values": "write `in [a, b]`", "one_of": "write `in [a, b]`",
    "matches": "write `~ \"…\"`", "regex": "write `~ \"…\"`",
    "relationships": "write `foreign key in data/cities.csv#name`",
    "references": "write `foreign key in data/cities.csv#name`",
    "missing": "write `nulls <= 5%` or `not null`", "required": "write `not null`",
    "nullable": "write `nulls <= 5%` or `not null`", "increasing": "write `monotonic`",
    "decreasing": "write `monotonic descending`", "sorted": "write `monotonic`",
    "stddev": "write `std`", "average": "write `mean`", "avg": "write `mean`",
    "count": "write `rows >= 1000` under `table`", "row_count": "write `rows >= 1000`",
    "shape": "write `rows >= 1000` and `columns == 7`", "cardinality": "write `distinct 2..50`",
    "positive": "write `> 0`", "negative": "write `< 0`", "fresh": "write `age <= 2d`",
    "constant": "write `not constant`", "null": "write `not null` or `nulls <= 5%`",
    "integer": "the type is `int`", "str": "the type is `string`", "number": "the type is `float`",
    "object": "the type is `string`", "text": "the type is `string`",
    "boolean": "the type is `bool`", "timestamp": "the type is `datetime`",
    "categorical": "the type is `category`", "varchar": "the type is `string`",
  ]
}
