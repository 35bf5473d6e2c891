import Platform

/// Builds the tree of nodes from the parser's events, resolving aliases and watching the limits.
struct YAMLComposer {
  /// A node with what it costs to walk.
  private struct Built {
    var node: YAMLNode
    /// Nodes in it, aliases expanded, long texts counted more.
    var weight: Int
    /// Levels in it, itself included.
    var height: Int
  }

  private enum Anchor {
    /// Its node is not complete yet: an alias to it would be recursive.
    case open(YAMLMark)
    case built(Built)

    var line: Int {
      switch self {
      case .open(let mark): mark.line
      case .built(let built): built.node.start.line
      }
    }
  }

  private let events: YAMLEvents
  private let limits: YAMLLimits
  private var anchors: [String: Anchor] = [:]
  private var weight = 0

  init(events: YAMLEvents, limits: YAMLLimits) {
    self.events = events
    self.limits = limits
  }

  /// The one document of the stream; nil when there is none.
  mutating func composeDocument() throws(ParseFailure) -> YAMLNode? {
    _ = try events.next()
    guard case .documentStart = try events.next().kind else { return nil }
    let root = try compose(try events.next(), depth: 1)
    _ = try events.next()
    let last = try events.next()
    guard case .streamEnd = last.kind else {
      throw ParseFailure(
        "a second document", line: last.start.line, column: last.start.column,
        hint: "keep one document, without `---` in the middle")
    }
    return root.node
  }

  /// Every document of the stream; anchors are each document's own.
  mutating func composeDocuments() throws(ParseFailure) -> [YAMLNode] {
    _ = try events.next()
    var roots: [YAMLNode] = []
    while case .documentStart = try events.next().kind {
      anchors = [:]
      roots.append(try compose(try events.next(), depth: 1).node)
      _ = try events.next()
    }
    return roots
  }

  private mutating func compose(
    _ event: YAMLEvents.Event, depth: Int
  ) throws(ParseFailure) -> Built {
    guard depth <= limits.depth else { throw tooDeep(event.start) }
    if case .alias(let name) = event.kind { return try alias(name, event, depth: depth) }
    if let anchor = event.anchor {
      if let first = anchors[anchor] {
        throw ParseFailure(
          "the anchor `&\(anchor)` is there already, in line \(first.line)", line: event.start.line,
          column: event.start.column, hint: "give each anchor its own name")
      }
      anchors[anchor] = .open(event.start)
    }
    try pay(1, event.start)
    var built = Built(
      node: YAMLNode(
        content: .scalar("", .plain), tag: event.tag == "!" ? nil : event.tag,
        isImplicit: event.tag == "!", anchor: event.anchor, start: event.start, end: event.end),
      weight: 1, height: 1)
    switch event.kind {
    case .scalar(let text, let style, let isImplicit):
      built.node.content = .scalar(text, style)
      if isImplicit { built.node.isImplicit = true }
      built.weight += text.utf8.count / 64
    case .sequenceStart(let style):
      var items: [YAMLNode] = []
      built.node.end = try composeItems(into: &built, depth: depth) { items.append($0) }
      built.node.content = .sequence(items, style)
    case .mappingStart(let style):
      var pairs: [YAMLNode.Pair] = []
      var key: YAMLNode?
      built.node.end = try composeItems(into: &built, depth: depth) { node in
        if let written = key {
          pairs.append(.init(key: written, value: node))
          key = nil
        } else {
          key = node
        }
      }
      built.node.content = .mapping(pairs, style)
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .collectionEnd, .alias:
      throw ParseFailure(
        "expected a value", line: event.start.line, column: event.start.column)
    }
    if let anchor = event.anchor { anchors[anchor] = .built(built) }
    return built
  }

  /// Composes what a collection holds, and gives the mark of its end.
  private mutating func composeItems(
    into built: inout Built, depth: Int, each: (YAMLNode) -> Void
  ) throws(ParseFailure) -> YAMLMark {
    while true {
      let event = try events.next()
      if case .collectionEnd = event.kind { return event.end }
      let child = try compose(event, depth: depth + 1)
      built.weight += child.weight
      built.height = max(built.height, child.height + 1)
      each(child.node)
    }
  }

  private mutating func alias(
    _ name: String, _ event: YAMLEvents.Event, depth: Int
  ) throws(ParseFailure) -> Built {
    switch anchors[name] {
    case nil:
      throw ParseFailure(
        "no anchor `&\(name)` stands before `*\(name)`", line: event.start.line,
        column: event.start.column,
        hint: nearestName(to: name, among: anchors.keys.sorted()).map { "did you mean `*\($0)`?" }
          ?? "put the value in quotes if it is a text")
    case .open:
      throw ParseFailure(
        "`*\(name)` stands inside of what it stands for", line: event.start.line,
        column: event.start.column)
    case .built(var built):
      guard depth + built.height - 1 <= limits.depth else { throw tooDeep(event.start) }
      try pay(built.weight, event.start)
      built.node.alias = .init(name: name, start: event.start, end: event.end)
      return built
    }
  }

  private mutating func pay(_ cost: Int, _ mark: YAMLMark) throws(ParseFailure) {
    weight += cost
    guard weight <= limits.nodes else {
      throw ParseFailure(
        "more than \(limits.nodes) values, counting what aliases stand for", line: mark.line,
        column: mark.column)
    }
  }

  private func tooDeep(_ mark: YAMLMark) -> ParseFailure {
    ParseFailure(
      "nested deeper than \(limits.depth) levels", line: mark.line, column: mark.column)
  }
}
