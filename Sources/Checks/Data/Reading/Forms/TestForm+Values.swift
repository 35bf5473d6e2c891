extension TestForm {
  /// Tests of single cells.
  static let values: [TestForm] = [
    TestForm(
      name: "type", words: "", place: .column,
      parameters: [
        TestParameter(key: "type", syntax: .choice(ColumnType.words), isRequired: true),
        TestParameter(key: "format", syntax: .timeFormat),
      ],
      example: "datetime \"%Y-%m-%d %H:%M\"",
      passes:
        "each cell reads as `int`, `float`, `bool`, `string`, `date`, `datetime` (of a format of `strptime`, else ISO 8601), `category`, `json` or `image` (a path); stands first in its column's line",
      make: { (arguments) throws(SuiteProblem) in
        let word = arguments.word("type")
        let format = arguments.text("format")
        if format != nil, word != "datetime" {
          throw arguments.problem(
            "`\(word)` has no format", at: "format",
            hint: "times have one: `datetime \"%Y-%m-%d\"`")
        }
        return .type(ColumnType(word: word, format: format) ?? .string)
      },
      arguments: { kind in
        guard case .type(let type) = kind else { return nil }
        guard case .dateTime(let format?) = type else { return ["type": .word(type.word)] }
        return ["type": .word(type.word), "format": .text(format)]
      }),
    TestForm(
      name: "range", words: "", place: .column, fits: .numbers, parameters: [.bounds(.number)],
      example: "18..90",
      passes:
        "each number is in the range; `18..`, `..90`, `>= 0`, `== 1`, `> 0 and <= 1` are ranges too",
      make: { .range($0.bounds("bounds") ?? Bounds()) },
      arguments: { if case .range(let bounds) = $0 { ["bounds": .bounds(bounds)] } else { nil } }),
    set(
      name: "in-set", words: "in", isNegated: false, example: "in [KR, US, JP]",
      passes: "is one of the values"),
    set(
      name: "not-in-set", words: "not in", isNegated: true, example: "not in [test, n/a]",
      passes: "is none of the values"),
    TestForm(
      name: "regex", words: "~", place: .column, fits: .texts,
      parameters: [TestParameter(key: "pattern", syntax: .pattern, isRequired: true)],
      example: "~ \"[A-Z]{2}\\d+\"",
      passes:
        "the whole text matches the regular expression; a backslash stands once, a quote inside twice",
      make: { .pattern($0.text("pattern") ?? "") },
      arguments: { if case .pattern(let text) = $0 { ["pattern": .text(text)] } else { nil } }),
    TestForm(
      name: "length", words: "length", place: .column, fits: .texts, parameters: [.bounds(.count)],
      example: "length 1..80", passes: "the text has so many characters",
      make: { .length($0.bounds("bounds") ?? Bounds()) },
      arguments: { if case .length(let bounds) = $0 { ["bounds": .bounds(bounds)] } else { nil } }),
    TestForm(
      name: "date-format", words: "format", place: .column, fits: .writtenTimes,
      parameters: [TestParameter(key: "format", syntax: .timeFormat, isRequired: true)],
      example: "format \"%d.%m.%Y\"", passes: "the text is a time in a format of `strptime`",
      make: { .dateFormat($0.text("format") ?? "") },
      arguments: { if case .dateFormat(let text) = $0 { ["format": .text(text)] } else { nil } }),
    TestForm(
      name: "monotonic", words: "monotonic", place: .column, fits: .ordered,
      parameters: [.flag("strict"), .flag("descending")],
      example: "monotonic strict by sensor",
      passes:
        "each value is at least the one before (`strict`: more), with `descending` at most; `by` a column, of the rows with its value",
      make: { .monotonic(isStrict: $0.flag("strict"), isDescending: $0.flag("descending")) },
      arguments: { kind in
        guard case .monotonic(let isStrict, let isDescending) = kind else { return nil }
        return [
          "strict": isStrict ? .flag : nil, "descending": isDescending ? .flag : nil,
        ]
      }),
    TestForm(
      name: "foreign-key", words: "foreign key", place: .column, fits: .values,
      parameters: [TestParameter(key: "to", syntax: .cell, lead: "in", isRequired: true)],
      example: "foreign key in data/cities.csv#name",
      passes: "the value stands in a column of another table",
      make: { arguments in
        guard case .cell(let table, let column)? = arguments["to"] else { return .unique }
        return .foreignKey(table, column: column)
      },
      arguments: { kind in
        guard case .foreignKey(let table, let column) = kind else { return nil }
        return ["to": .cell(table, column: column)]
      }),
  ]

  private static func set(
    name: String, words: String, isNegated: Bool, example: String, passes: String
  ) -> TestForm {
    TestForm(
      name: name, words: words, place: .column, fits: .values,
      parameters: [TestParameter(key: "set", syntax: .set, isRequired: true)], example: example,
      passes:
        "each value \(passes); these stand in brackets, one a line in a file (`\(words) data/codes.txt`), or in a column of a table (`\(words) data/cities.csv#name`)",
      make: { .inSet($0.set("set") ?? .values([]), isNegated: isNegated) },
      arguments: { kind in
        guard case .inSet(let set, isNegated) = kind else { return nil }
        return ["set": .set(set)]
      })
  }
}
