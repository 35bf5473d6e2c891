extension TestForm {
  /// Tests of a number that tells something about a column, and of its distribution.
  static let statistics: [TestForm] =
    [
      statistic(.mean, fits: .summable, "0.1..0.3", "the mean is in the range"),
      statistic(
        .std, fits: .summable, "<= 5",
        "the standard deviation (of a sample: divided by n - 1) is in the range"),
      statistic(.min, fits: .numbers, ">= 0", "the least number is in the range"),
      statistic(.max, fits: .numbers, "<= 100", "the largest number is in the range"),
      statistic(.sum, fits: .summable, "> 0", "the sum is in the range"),
      statistic(.median, fits: .numbers, "30..50", "the median is in the range"),
      TestForm(
        name: "quantile", words: "quantile", place: .column, fits: .numbers,
        parameters: [
          TestParameter(key: "q", syntax: .number(.share), isRequired: true), .bounds(.number),
        ],
        example: "quantile 95% <= 100",
        passes: "the quantile (linear between order statistics, as NumPy's) is in the range",
        make: { .statistic(.quantile($0.number("q") ?? 0), $0.bounds("bounds") ?? Bounds()) },
        arguments: { kind in
          guard case .statistic(.quantile(let share), let bounds) = kind else { return nil }
          return ["q": .number(share), "bounds": .bounds(bounds)]
        }),
      statistic(
        .distinct, fits: .any, "2..50", "so many different values are there", measure: .count),
      statistic(
        .entropy, fits: .any, ">= 1",
        "the entropy of the values' frequencies, in bits, is in the range",
        measure: .size),
      outliers, drift,
    ]

  private static func statistic(
    _ statistic: Statistic, fits: ColumnFit, _ bounds: String, _ passes: String,
    measure: Measure = .number
  ) -> TestForm {
    TestForm(
      name: statistic.word, words: statistic.word, place: .column, fits: fits,
      parameters: [.bounds(measure)], example: "\(statistic.word) \(bounds)", passes: passes,
      make: { .statistic(statistic, $0.bounds("bounds") ?? Bounds()) },
      arguments: { kind in
        guard case .statistic(statistic, let bounds) = kind else { return nil }
        return ["bounds": .bounds(bounds)]
      })
  }

  private static let outliers = TestForm(
    name: "outliers", words: "outliers", place: .column, fits: .numbers,
    parameters: [
      TestParameter(key: "method", syntax: .choice(["iqr", "z", "mad"]), isRequired: true),
      TestParameter(key: "k", syntax: .number(.size)), .most(.share, 0.05),
    ],
    example: "outliers iqr 3 <= 1%",
    passes:
      "at most this share is outside of [Q1 - k IQR, Q3 + k IQR] (`iqr`, k 1.5), more than k standard deviations from the mean (`z`, k 3), or has .6745 abs(x - median) / MAD above k (`mad`, k 3.5)",
    source: "Tukey 1977; Iglewicz and Hoaglin 1993",
    make: { arguments in
      let k = arguments.number("k")
      let rule: OutlierRule =
        switch arguments.word("method") {
        case "z": .z(k ?? 3)
        case "mad": .mad(k ?? 3.5)
        default: .iqr(k: k ?? 1.5)
        }
      return .outliers(rule, max: arguments.number("max") ?? 0)
    },
    arguments: { kind in
      guard case .outliers(let rule, let most) = kind else { return nil }
      let (word, k, usual): (String, Double, Double) =
        switch rule {
        case .iqr(let k): ("iqr", k, 1.5)
        case .z(let k): ("z", k, 3)
        case .mad(let k): ("mad", k, 3.5)
        }
      return [
        "method": .word(word), "k": k == usual ? nil : .number(k), "max": .number(most),
      ]
    })

  private static let drift = TestForm(
    name: "drift", words: "drift", place: .column, fits: .drifting,
    parameters: [
      TestParameter(key: "method", syntax: .choice(DriftMethod.allCases.map(\.rawValue))),
      .distance, .probability,
    ],
    example: "drift psi < 0.1",
    passes:
      "the column has not moved away from that of the reference: a distance stays below its limit, a p-value (`drift ks p >= 0.05`) is not below it; without a method that of `drift:`, without a limit 0.1 for distances and 0.05 for p-values",
    source: "Evidently",
    make: { (arguments) throws(SuiteProblem) in
      let method = DriftMethod(rawValue: arguments.word("method")) ?? .auto
      return .drift(method, limit: try arguments.limit(of: method))
    },
    arguments: { kind in
      guard case .drift(let method, let limit) = kind else { return nil }
      return TestArguments(method, limit: limit)
    })
}

extension TestArguments {
  init(_ method: DriftMethod, limit: Double?) {
    self.init(at: 0)
    set("method", .word(method.rawValue))
    if let limit { set(method.isPValue ? "p" : "below", .number(limit)) }
  }

  /// The limit of a method of drift, which is one of its distance or of its p-value.
  func limit(of method: DriftMethod) throws(SuiteProblem) -> Double? {
    let word = method.rawValue
    if method == .auto, self["below"] != nil || self["p"] != nil {
      throw problem(
        "`auto` takes the limit of the method that it chooses",
        at: self["p"] == nil ? "below" : "p", hint: "name a method: `psi < 0.1`")
    }
    if method.isPValue, let value = number("below") {
      throw problem(
        "`\(word)` is judged by its p-value, not by a distance", at: "below",
        hint: "write `\(word) p >= \(SuiteNumber.text(value))`")
    }
    if !method.isPValue, let value = number("p") {
      throw problem(
        "`\(word)` is a distance and has no p-value", at: "p",
        hint: "write `\(word) < \(SuiteNumber.text(value))`")
    }
    return number("below") ?? number("p")
  }
}

extension DriftMethod {
  /// The limit when none is said: of a distance, or of a p-value.
  var standardLimit: Double { isPValue ? 0.05 : 0.1 }

  /// Methods that are of numbers alone.
  var isOfNumbers: Bool {
    switch self {
    case .ks, .wasserstein, .energy, .cramerVonMises, .mannWhitney, .t: true
    case .psi, .chi2, .js, .linf, .tvd, .hellinger, .z, .auto: false
    }
  }

  /// Methods that are of classes alone.
  var isOfClasses: Bool { self == .chi2 || self == .z }
}
