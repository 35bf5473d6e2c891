/// Answers from all sources, and which of them are kept.
struct CopierAnswers: Sendable {
  typealias List = [(name: String, value: ContextValue)]

  /// Given for this run: `key=value`.
  var given = AnswerList()
  /// Recorded in the project.
  var last = AnswerList()
  /// Worked out or asked in this run.
  var user = AnswerList()
  var hidden: Set<String> = []
  var external: ContextValue = .dict([], isOrdered: false)
  let source: String
  let version: String?

  init(source: String, version: String?) {
    self.source = source
    self.version = version
  }

  /// The variables of templates: the strongest source of each, in the order that Python's chained maps have.
  var combined: AnswerList {
    var all = AnswerList()
    all["_external_data"] = external
    for (name, value) in last.entries { all[name] = value }
    all["_src_path"] = .text(source)
    if let version { all["_commit"] = .text(version) }
    for (name, value) in given.entries { all[name] = value }
    for (name, value) in user.entries { all[name] = value }
    return all
  }

  /// What goes into the answers file.
  func remembered(questions: Set<String>, secrets: Set<String>) -> AnswerList {
    var kept = AnswerList()
    if let version { kept["_commit"] = .text(version) }
    kept["_src_path"] = .text(source)
    for (name, value) in combined.entries
    where !name.hasPrefix("_") && !hidden.contains(name) && !secrets.contains(name)
      && questions.contains(name)
    {
      kept[name] = value
    }
    return kept
  }
}

/// Names with values, in the order in which they were first set.
struct AnswerList: Sendable {
  private(set) var entries: [(name: String, value: ContextValue)] = []
  private var places: [String: Int] = [:]

  subscript(name: String) -> ContextValue? {
    get { places[name].map { entries[$0].value } }
    set {
      switch (places[name], newValue) {
      case (let place?, let value?): entries[place].value = value
      case (nil, let value?):
        places[name] = entries.count
        entries.append((name, value))
      case (let place?, nil):
        entries.remove(at: place)
        places = [:]
        for (place, entry) in entries.enumerated() { places[entry.name] = place }
      case (nil, nil): break
      }
    }
  }

  var value: ContextValue {
    .dict(entries.map { ContextPair(.text($0.name), $0.value) }, isOrdered: false)
  }
}
