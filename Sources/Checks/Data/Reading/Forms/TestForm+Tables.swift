extension TestForm {
  /// Tests of the table as a whole.
  static let tables: [TestForm] = [
    TestForm(
      name: "compare", words: "", place: .table,
      parameters: [TestParameter(key: "expr", syntax: .expression, isRequired: true)],
      example: "start <= end",
      passes:
        "the expression holds in each row; rows in which something is missing are not counted",
      make: { arguments in
        guard case .expression(let expression)? = arguments["expr"] else { return .unique }
        return .holds(expression)
      },
      arguments: {
        if case .holds(let expression) = $0 { ["expr": .expression(expression)] } else { nil }
      }),
    TestForm(
      name: "rows", words: "rows", place: .table, parameters: [.bounds(.count)],
      example: "rows >= 1000", passes: "so many rows are there",
      make: { .rowCount($0.bounds("bounds") ?? Bounds()) },
      arguments: { if case .rowCount(let bounds) = $0 { ["bounds": .bounds(bounds)] } else { nil } }
    ),
    TestForm(
      name: "rows-change", words: "rows change", place: .table, parameters: [.most(.ratio, 0.1)],
      example: "rows change <= 10%",
      passes: "the number of rows differs from that of the reference by at most this share of it",
      make: { .rowChange(max: $0.number("max") ?? 0) },
      arguments: { if case .rowChange(let most) = $0 { ["max": .number(most)] } else { nil } }),
    TestForm(
      name: "columns", words: "columns", place: .table, parameters: [.bounds(.count)],
      isOfChosenRows: false, example: "columns == 7", passes: "so many columns are there",
      make: { .columnCount($0.bounds("bounds") ?? Bounds()) },
      arguments: {
        if case .columnCount(let bounds) = $0 { ["bounds": .bounds(bounds)] } else { nil }
      }),
    TestForm(
      name: "schema", words: "schema", place: .table,
      parameters: [
        TestParameter(key: "columns", syntax: .columns), .flag("ordered"),
        TestParameter(
          key: "extra", syntax: .choice(["allow", "forbid"]), lead: "extra",
          standard: .word("forbid"), hidesStandard: true),
      ],
      isOfChosenRows: false, example: "schema ordered extra allow",
      passes:
        "the columns are there, of `columns:` unless others are named, with `ordered` in this order; others are not, unless `extra allow`. A suite with `columns:` tests `schema extra allow` without saying so",
      make: { arguments in
        .schema(
          columns: arguments.words("columns"), isOrdered: arguments.flag("ordered"),
          allowsOthers: arguments.word("extra") == "allow")
      },
      arguments: { kind in
        guard case .schema(let columns, let isOrdered, let allowsOthers) = kind else { return nil }
        return [
          "columns": columns.isEmpty ? nil : .words(columns), "ordered": isOrdered ? .flag : nil,
          "extra": .word(allowsOthers ? "allow" : "forbid"),
        ]
      }),
    TestForm(
      name: "no-duplicates", words: "no duplicates", place: .table, parameters: [.on],
      example: "no duplicates on [id, day]",
      passes: "no two rows are equal, in these columns or in all",
      make: { .duplicates(columns: $0.words("columns"), max: 0) },
      arguments: { kind in
        guard case .duplicates(let columns, 0) = kind else { return nil }
        return ["columns": columns.isEmpty ? nil : .words(columns)]
      }),
    TestForm(
      name: "duplicate-rows", words: "duplicates", place: .table,
      parameters: [.on, .most(.share, 0)],
      example: "duplicates on [id] <= 1%",
      passes: "at most this share of the rows was there before, in these columns or in all",
      make: { .duplicates(columns: $0.words("columns"), max: $0.number("max") ?? 0) },
      arguments: { kind in
        guard case .duplicates(let columns, let most) = kind else { return nil }
        return ["columns": columns.isEmpty ? nil : .words(columns), "max": .number(most)]
      }),
    TestForm(
      name: "unique-key", words: "unique key", place: .table,
      parameters: [TestParameter(key: "columns", syntax: .columns, isRequired: true)],
      example: "unique key [city, day]", passes: "as `no duplicates on` these columns",
      make: { .duplicates(columns: $0.words("columns"), max: 0) }, arguments: { _ in nil }),
    TestForm(
      name: "correlation", words: "correlation", place: .table,
      parameters: [
        TestParameter(
          key: "method", syntax: .choice(CorrelationKind.allCases.map(\.rawValue)),
          standard: .word("auto"), hidesStandard: true),
        TestParameter(key: "below", syntax: .below(.size), standard: .number(0.9)),
        TestParameter(
          key: "pairs", syntax: .most(.count), lead: "pairs", standard: .number(0),
          hidesStandard: true),
        .on,
      ],
      example: "correlation spearman < 0.9 pairs <= 2 on [age, income, debt]",
      passes:
        "the correlation of any two columns stays below the limit (of all but so many `pairs`): Pearson's, Spearman's, Cramér's V, the correlation ratio, or the one that fits the two",
      source: "Deepchecks",
      make: { arguments in
        .correlation(
          CorrelationKind(rawValue: arguments.word("method")) ?? .auto,
          limit: arguments.number("below") ?? 0, pairs: Int(arguments.number("pairs") ?? 0),
          columns: arguments.words("columns"))
      },
      arguments: { kind in
        guard case .correlation(let method, let limit, let pairs, let columns) = kind else {
          return nil
        }
        return [
          "method": .word(method.rawValue), "below": .number(limit),
          "pairs": .number(Double(pairs)), "columns": columns.isEmpty ? nil : .words(columns),
        ]
      }),
    TestForm(
      name: "no-label-conflict", words: "no label conflict", place: .table, parameters: [.label],
      example: "no label conflict target",
      passes: "rows that are equal in all other columns have equal labels", source: "Deepchecks",
      make: { .labelConflict(label: $0.word("label"), max: 0) },
      arguments: { kind in
        guard case .labelConflict(let label, 0) = kind else { return nil }
        return ["label": .word(label)]
      }),
    TestForm(
      name: "label-conflict", words: "label conflict", place: .table,
      parameters: [.label, .most(.share, 0)], example: "label conflict target <= 1%",
      passes: "at most this share of the rows has another label than a row that is equal otherwise",
      source: "Deepchecks",
      make: { .labelConflict(label: $0.word("label"), max: $0.number("max") ?? 0) },
      arguments: { kind in
        guard case .labelConflict(let label, let most) = kind else { return nil }
        return ["label": .word(label), "max": .number(most)]
      }),
    TestForm(
      name: "leak-score", words: "leak score", place: .table,
      parameters: [.label, .leak], example: "leak score target < 0.95",
      passes:
        "no column by itself tells the label better than this (ROC AUC of a class, R² of a number); each row is told by what the others show, see below",
      source: "Deepchecks",
      make: { .leakScore(label: $0.word("label"), max: $0.number("below") ?? 0) },
      arguments: { kind in
        guard case .leakScore(let label, let most) = kind else { return nil }
        return ["label": .word(label), "below": .number(most)]
      }),
    TestForm(
      name: "drifted-share", words: "drifted columns", place: .table,
      parameters: [.most(.share, 0.5)], isOfChosenRows: false, example: "drifted columns <= 30%",
      passes:
        "at most this share of the columns drifts: of those whose drift is tested, or where there is none of all declared ones but keys, times, JSON and pictures; `share:` of `drift:` says the same",
      source: "Evidently", make: { .driftedShare(max: $0.number("max") ?? 0) },
      arguments: { if case .driftedShare(let most) = $0 { ["max": .number(most)] } else { nil } }),
  ]
}
