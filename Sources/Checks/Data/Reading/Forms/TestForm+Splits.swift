extension TestForm {
  /// Tests between the parts of a split.
  static let splits: [TestForm] = [
    split(
      "overlap", "overlap", [.on, .most(.share, 0)], example: "overlap on [id] == 0",
      "at most this share of the test rows is in the training table too, by these columns or by all",
      source: "Deepchecks",
      make: { .overlap(columns: $0.words("columns"), max: $0.number("max") ?? 0) },
      arguments: { test in
        guard case .overlap(let columns, let most) = test else { return nil }
        return ["columns": columns.isEmpty ? nil : .words(columns), "max": .number(most)]
      }),
    split(
      "group-leak", "no group leak", [.column()], example: "no group leak user_id",
      "no value of the column is in both tables", make: { .groupLeak(column: $0.word("column")) },
      arguments: {
        if case .groupLeak(let column) = $0 { ["column": .word(column)] } else { nil }
      }),
    split(
      "time-order", "time order", [.column()], example: "time order ts",
      "all times of the test table are later than those of the training table",
      source: "Deepchecks", make: { .timeOrder(column: $0.word("column")) },
      arguments: {
        if case .timeOrder(let column) = $0 { ["column": .word(column)] } else { nil }
      }),
    split(
      "label-drift", "label",
      [
        .label,
        TestParameter(
          key: "method",
          syntax: .choice(DriftMethod.allCases.filter { $0 != .auto }.map(\.rawValue)),
          isRequired: true), .distance, .probability,
      ],
      example: "label target psi < 0.1",
      "the label has not moved from the training table to the test table; limits as for `drift`",
      make: { (arguments) throws(SuiteProblem) in
        let method = DriftMethod(rawValue: arguments.word("method")) ?? .psi
        let limit = try arguments.limit(of: method) ?? method.standardLimit
        return .labelDrift(method, label: arguments.word("label"), limit: limit)
      },
      arguments: { test in
        guard case .labelDrift(let method, let label, let limit) = test else { return nil }
        var arguments = TestArguments(method, limit: limit)
        arguments.set("label", .word(label))
        return arguments
      }),
    split(
      "new-categories", "no new categories",
      [TestParameter(key: "column", syntax: .column, lead: "in")],
      example: "no new categories in city",
      "the test table has no value that the training table lacks, of the column or of all categories",
      source: "Deepchecks",
      make: { .newCategories(column: $0["column"] == nil ? nil : $0.word("column")) },
      arguments: { test in
        guard case .newCategories(let column) = test else { return nil }
        return ["column": column.map { .word($0) }]
      }),
    split(
      "sizes", "sizes",
      [
        TestParameter(key: "rows", syntax: .least(.count), standard: .number(100)),
        TestParameter(
          key: "share", syntax: .above(.ratio), lead: "share", standard: .number(0.01),
          hidesStandard: true),
      ],
      example: "sizes >= 100 share > 1%",
      "the test table has at least so many rows, and more than this share of the training table's",
      source: "Deepchecks",
      make: { .sizes(minRows: Int($0.number("rows") ?? 0), minShare: $0.number("share") ?? 0) },
      arguments: { test in
        guard case .sizes(let rows, let share) = test else { return nil }
        return ["rows": .number(Double(rows)), "share": .number(share)]
      }),
    split(
      "leak-score", "leak score",
      [.label, .leak], example: "leak score target < 0.95",
      "no column by itself tells the label of the test table better than this (ROC AUC of a class, R² of a number), by what the training table shows",
      source: "Deepchecks",
      make: { .leakScore(label: $0.word("label"), max: $0.number("below") ?? 0) },
      arguments: { test in
        guard case .leakScore(let label, let most) = test else { return nil }
        return ["label": .word(label), "below": .number(most)]
      }),
  ]

  private static func split(
    _ name: String, _ words: String, _ parameters: [TestParameter], example: String,
    _ passes: String, source: String = "",
    make: @escaping @Sendable (TestArguments) throws(SuiteProblem) -> SplitTest,
    arguments: @escaping @Sendable (SplitTest) -> TestArguments?
  ) -> TestForm {
    TestForm(
      name: name, words: words, place: .split, parameters: parameters, isOfChosenRows: false,
      example: example, passes: passes, source: source,
      make: { (given) throws(SuiteProblem) in .split(try make(given)) },
      arguments: { if case .split(let test) = $0 { arguments(test) } else { nil } })
  }
}
