extension TestForm {
  /// Tests of a column as a whole.
  static let columns: [TestForm] = [
    TestForm(
      name: "not-null", words: "not null", place: .column, parameters: [], example: "not null",
      passes: "no cell is missing", make: { _ in .nulls(max: 0) },
      arguments: { $0 == .nulls(max: 0) ? [:] : nil }),
    TestForm(
      name: "nulls", words: "nulls", place: .column, parameters: [.most(.share, 0.05)],
      example: "nulls <= 5%", passes: "at most this share of the cells is missing",
      source: "Deepchecks", make: { .nulls(max: $0.number("max") ?? 0) },
      arguments: { if case .nulls(let most) = $0 { ["max": .number(most)] } else { nil } }),
    TestForm(
      name: "mixed-nulls", words: "mixed nulls", place: .column, parameters: [.most(.count, 1)],
      example: "mixed nulls <= 1",
      passes: "what is missing has at most so many spellings (empty, `NA`, `null`, …)",
      source: "Deepchecks", make: { .mixedNulls(max: Int($0.number("max") ?? 0)) },
      arguments: {
        if case .mixedNulls(let most) = $0 { ["max": .number(Double(most))] } else { nil }
      }),
    TestForm(
      name: "mixed-types", words: "mixed types", place: .column,
      fits: .prose,
      parameters: [
        TestParameter(
          key: "outside", syntax: .bounds(.share), lead: "outside",
          standard: .bounds(Bounds(lower: 0.01, upper: 0.1)))
      ],
      example: "mixed types outside 1%..10%",
      passes: "of numbers and texts in the column the rarer kind has a share outside of the range",
      source: "Deepchecks",
      make: { (arguments) throws(SuiteProblem) in
        guard let bounds = arguments.bounds("outside"), let low = bounds.lower,
          let high = bounds.upper, !bounds.excludesLower, !bounds.excludesUpper
        else {
          throw arguments.problem(
            "`mixed types` needs both ends of a range", at: "outside",
            hint: "write `outside 1%..10%`")
        }
        return .mixedTypes(low: low, high: high)
      },
      arguments: { kind in
        guard case .mixedTypes(let low, let high) = kind else { return nil }
        return ["outside": .bounds(Bounds(lower: low, upper: high))]
      }),
    TestForm(
      name: "unique", words: "unique", place: .column, fits: .any, parameters: [],
      example: "unique", passes: "no value stands in two rows", make: { _ in .unique },
      arguments: { $0 == .unique ? [:] : nil }),
    TestForm(
      name: "not-constant", words: "not constant", place: .column, parameters: [],
      example: "not constant", passes: "there is more than one value", source: "Deepchecks",
      make: { _ in .varies }, arguments: { $0 == .varies ? [:] : nil }),
    TestForm(
      name: "share", words: "share of", place: .column, fits: .classes,
      parameters: [
        TestParameter(key: "set", syntax: .set, isRequired: true), .bounds(.share),
      ],
      example: "share of [KR] 40%..60%",
      passes: "of the rows that have a value such a share has one of these",
      make: { .share($0.set("set") ?? .values([]), $0.bounds("bounds") ?? Bounds()) },
      arguments: { kind in
        guard case .share(let set, let bounds) = kind else { return nil }
        return ["set": .set(set), "bounds": .bounds(bounds)]
      }),
    TestForm(
      name: "class-balance", words: "class balance", place: .column, fits: .classes,
      parameters: [
        TestParameter(key: "min", syntax: .least(.share), standard: .number(0.1))
      ],
      example: "class balance >= 10%",
      passes: "the rarest value has at least this share of the rows of the most frequent one",
      source: "Deepchecks", make: { .classBalance(min: $0.number("min") ?? 0) },
      arguments: { if case .classBalance(let least) = $0 { ["min": .number(least)] } else { nil } }),
    TestForm(
      name: "freshness", words: "age", place: .column, fits: .times,
      parameters: [.most(.duration, key: "max-age")], example: "age <= 2d",
      passes: "the newest time is at most so old: `2d`, `1d12h`, `5m`, `90s`",
      make: { .freshness(maxAge: $0.number("max-age") ?? 0) },
      arguments: {
        if case .freshness(let age) = $0 { ["max-age": .number(age)] } else { nil }
      }),
    TestForm(
      name: "pii", words: "no pii", place: .column, fits: .prose,
      parameters: [
        TestParameter(
          key: "allow", syntax: .choices(PersonalDataKind.allCases.map(\.rawValue)), lead: "except")
      ],
      example: "no pii except [email]",
      passes:
        "nothing looks like an e-mail address, a phone number, the number of a card or of a resident",
      make: { .personalData(allowed: Set($0.words("allow").compactMap(PersonalDataKind.init))) },
      arguments: { kind in
        guard case .personalData(let allowed) = kind else { return nil }
        let words = PersonalDataKind.allCases.filter(allowed.contains).map(\.rawValue)
        return ["allow": words.isEmpty ? nil : .words(words)]
      }),
    TestForm(
      name: "images", words: "images", place: .column, fits: .images,
      parameters: [
        .bounds("width", behind: "width", .count), .bounds("height", behind: "height", .count),
        .bounds("channels", behind: "channels", .count),
        .bounds("brightness", behind: "brightness", .size),
        TestParameter(key: "duplicates", syntax: .most(.share), lead: "duplicates"),
      ],
      example: "images width >= 28 channels == 3 brightness 10..245 duplicates <= 1%",
      passes:
        "each file is a picture that can be decoded, of such a width, height, number of channels and mean brightness (0 to 255); at most this share are exact copies",
      make: { arguments in
        .images(
          ImageRule(
            width: arguments.bounds("width"), height: arguments.bounds("height"),
            channels: arguments.bounds("channels"), brightness: arguments.bounds("brightness"),
            maxDuplicates: arguments.number("duplicates")))
      },
      arguments: { kind in
        guard case .images(let rule) = kind else { return nil }
        return [
          "width": rule.width.map { .bounds($0) }, "height": rule.height.map { .bounds($0) },
          "channels": rule.channels.map { .bounds($0) },
          "brightness": rule.brightness.map { .bounds($0) },
          "duplicates": rule.maxDuplicates.map { .number($0) },
        ]
      }),
    TestForm(
      name: "near-duplicates", words: "near duplicates", place: .column, fits: .images,
      parameters: [
        .most(.share, 0),
        TestParameter(
          key: "distance", syntax: .number(.count), lead: "distance", standard: .number(4),
          hidesStandard: true),
      ],
      example: "near duplicates <= 1% distance 6",
      passes:
        "at most this share of the pictures looks like one before, copies of other sizes and qualities too: of their 64-bit perceptual hashes at most `distance` bits differ",
      source: "imagehash's `phash`",
      make: { (arguments) throws(SuiteProblem) in
        guard let distance = arguments.number("distance"), distance <= 16 else {
          throw arguments.problem(
            "pictures that differ in more than 16 of 64 bits are not alike", at: "distance",
            hint: "write `distance 4`")
        }
        return .nearImages(distance: Int(distance), max: arguments.number("max") ?? 0)
      },
      arguments: { kind in
        guard case .nearImages(let distance, let most) = kind else { return nil }
        return ["max": .number(most), "distance": .number(Double(distance))]
      }),
  ]
}
