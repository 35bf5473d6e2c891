/// Filters that compare the items of a sequence.
enum SortingFilters {
  static func add(to library: inout TemplateLibrary) {
    library.addFilter(
      "sort",
      as: Signature(
        "do_sort", "environment", "value", "reverse?", "case_sensitive?", "attribute?")
    ) { (call, render) throws(TemplateError) -> Value in
      let paths = AttributePath.several(
        call[3], foldsCase: try !call.flag(2, false, render))
      let items = try render.items(call.input)
      let isReversed = try render.integerFlag(call[1])
      var keys: [Value] = []
      for item in items {
        var parts: [Value] = []
        for path in paths { parts.append(try path.value(of: item, render)) }
        keys.append(.list(parts))
      }
      return .list(try StableSort.sorted(items, by: keys, reversed: isReversed, render))
    }
    library.addFilter(
      "dictsort",
      as: Signature("do_dictsort", "value", "case_sensitive?", "by?", "reverse?"), dictsort)
    library.addFilter(
      "unique",
      as: Signature("sync_do_unique", "environment", "value", "case_sensitive?", "attribute?"),
      unique)
    library.addFilter(
      "min", as: Signature("do_min", "environment", "value", "case_sensitive?", "attribute?")
    ) { (call, render) throws(TemplateError) -> Value in try extreme(call, .less, render) }
    library.addFilter(
      "max", as: Signature("do_max", "environment", "value", "case_sensitive?", "attribute?")
    ) { (call, render) throws(TemplateError) -> Value in try extreme(call, .greater, render) }
    library.addFilter(
      "groupby",
      as: Signature(
        "sync_do_groupby", "environment", "value", "attribute", "default?", "case_sensitive?"),
      groupby)
  }

  private static let dictsort: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let by = call[2] ?? .string("key")
    let place: Int
    switch by.text {
    case "key": place = 0
    case "value": place = 1
    default: throw .filterArgument("You can only sort by either \"key\" or \"value\"")
    }
    guard case .dict(let box) = call.input else {
      if case .undefined(let undefined) = call.input { throw undefined.error }
      throw .missing("items", in: call.input)
    }
    let foldsCase = try !call.flag(1, false, render)
    let items = zip(box.keys, box.values).map { Value.tuple([$0, $1]) }
    let keys = (place == 0 ? box.keys : box.values).map { foldsCase ? CaseFolding.folded($0) : $0 }
    return .list(
      try StableSort.sorted(items, by: keys, reversed: render.integerFlag(call[3]), render))
  }

  private static let unique: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let foldsCase = try !call.flag(1, false, render)
    let path = AttributePath(call[2], foldsCase: foldsCase)
    let input = call.input
    var iterator: ValueIterator?
    var seen: Set<DictKey> = []
    return SequenceFilters.generator("sync_do_unique") { () throws(TemplateError) -> Value? in
      if iterator == nil { iterator = try render.iterator(input) }
      guard let source = iterator else { return nil }
      while let item = try source.next() {
        try render.charge(rounds: 1)
        let key = try path.value(of: item, render)
        try render.requireHashable(key)
        if seen.insert(DictKey(key)).inserted { return item }
      }
      return nil
    }
  }

  private static func extreme(
    _ call: FilterCall, _ order: Comparison.Order, _ render: Render
  ) throws(TemplateError) -> Value {
    let iterator = try render.iterator(call.input)
    guard var best = try iterator.next() else {
      return render.undefined(hint: "No aggregated item, sequence was empty.")
    }
    let path = AttributePath(call[2], foldsCase: try !call.flag(1, false, render))
    var bestKey = try path.value(of: best, render)
    while let item = try iterator.next() {
      try render.charge(rounds: 1)
      let key = try path.value(of: item, render)
      if try Comparison.holds(order, key, bestKey) {
        best = item
        bestKey = key
      }
    }
    return best
  }

  private static let groupby: TemplateLibrary.FilterBody = {
    (call, render) throws(TemplateError) -> Value in
    let foldsCase = try !call.flag(3, false, render)
    let path = AttributePath(call[1], fallback: call[2], foldsCase: foldsCase)
    let shown = AttributePath(call[1], fallback: call[2])
    let items = try render.items(call.input)
    var keys: [Value] = []
    for item in items { keys.append(try path.value(of: item, render)) }
    let order = try StableSort.sorted(
      items.indices.map { .int($0) }, by: keys, reversed: false, render
    ).compactMap(\.index)
    var groups: [(key: Value, items: [Value])] = []
    for index in order {
      if let last = groups.last, try Comparison.isSame(last.key, keys[index]) {
        groups[groups.count - 1].items.append(items[index])
      } else {
        groups.append((keys[index], [items[index]]))
      }
    }
    var result: [Value] = []
    for group in groups {
      let grouper = foldsCase ? try shown.value(of: group.items[0], render) : group.key
      result.append(
        .tuple(
          TupleBox(
            [grouper, .list(group.items)], className: "_GroupTuple", names: ["grouper", "list"])))
    }
    return .list(result)
  }
}
