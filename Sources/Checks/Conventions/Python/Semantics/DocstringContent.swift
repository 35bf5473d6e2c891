import Platform
import Python

/// DOC201, DOC202, DOC402, DOC403, DOC501 and DOC502: whether sections about results and exceptions are there, and true.
struct DocstringContent: PythonCheck {
  private let convention: DocstringStyle.Convention
  /// Whether a docstring that is one line only needs no sections.
  private let isShortEnough: Bool
  /// Whether it may tell of exceptions that something else raises.
  private let allowsIndirect: Bool

  init(_ options: RuleOptions) throws(ParseFailure) {
    convention =
      DocstringStyle.Convention(rawValue: try options.text("convention", "auto")) ?? .auto
    isShortEnough = try options.bool("one-line", true)
    allowsIndirect = try options.bool("indirect", true)
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    for definition in source.documented where source.tree.kind(definition.node) == .functionDef {
      guard let node = source.tree.docstring(of: definition.node),
        let docstring = Docstring(node, of: definition, in: source),
        !docstring.isBlank(docstring.body), !source.isStub(definition.node)
      else { continue }
      if isShortEnough, docstring.textLines.count <= 1 { continue }
      // Sphinx's fields have a check of their own.
      if convention == .auto, SphinxFields.isStyle(of: docstring) { continue }
      check(docstring, source, report)
    }
  }

  private func check(
    _ docstring: Docstring, _ source: PythonSource, _ report: (PythonFinding) -> Void
  ) {
    let function = docstring.definition.node
    let (style, sections) = docstring.sections(convention)
    func tell(_ code: String, _ names: String = "") {
      report(PythonFinding(code, docstring.range, ["names": names]))
    }
    func last(_ name: String) -> Section? { sections.last { $0.name == name } }
    let flow = FunctionFlow(function, source)
    let documented = last("Raises").map { docstring.exceptions($0, style) }
    if last("Returns") == nil, !begins(docstring, "Return"),
      source.isReturnWorthTelling(function, flow)
    {
      tell("DOC201")
    }
    if last("Yields") == nil, !begins(docstring, "Yield"),
      source.isYieldWorthTelling(function, flow)
    {
      tell("DOC402")
    }
    for name in flow.raised where name.last != "NotImplementedError" {
      if documented?.contains(where: { name.ends(with: $0) }) == true { continue }
      tell("DOC501", name.last ?? "")
    }
    guard !source.isAbstract(function) else { return }
    if last("Returns") != nil, flow.valued == 0 { tell("DOC202") }
    if last("Yields") != nil, flow.yields == 0 { tell("DOC403") }
    guard !allowsIndirect else { return }
    let extra = (documented ?? []).filter { name in
      !flow.raised.contains { $0.ends(with: name) }
    }
    if !extra.isEmpty {
      tell("DOC502", extra.map { "`\($0.joined(separator: "."))`" }.joined(separator: ", "))
    }
  }

  /// Google's summary may be `Returns the sum of …`, with nothing more to say.
  private func begins(_ docstring: Docstring, _ word: String) -> Bool {
    guard convention == .google else { return false }
    let first = docstring.bytes[docstring.body].prefix { $0 != 0x20 }
    return first.elementsEqual(word.utf8) || first.elementsEqual((word + "s").utf8)
  }
}

extension RandomAccessCollection where Element: Equatable {
  /// Whether the last elements are these.
  fileprivate func ends(with other: some Collection<Element>) -> Bool {
    suffix(other.count).elementsEqual(other)
  }
}

extension Docstring {
  /// The exceptions that a section lists, as the parts of their names.
  func exceptions(_ section: Section, _ style: Section.Style) -> [[String]] {
    let lines = section.following
    func parts(_ range: Range<Int>) -> [String] {
      text(trimmed(range)).split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }
    switch style {
    case .google:
      return lines.compactMap { line in
        bytes[line].firstIndex(of: UInt8(ascii: ":")).map { parts(line.lowerBound..<$0) }
      }
    case .numpy:
      guard let dashes = lines.first else { return [] }
      let level = bytes[leadingSpace(dashes)]
      return lines.dropFirst().compactMap { line in
        guard bytes[line].starts(with: level) else { return nil }
        let rest = (line.lowerBound + level.count)..<line.upperBound
        guard !rest.isEmpty, leadingSpace(rest).isEmpty else { return nil }
        return parts(rest)
      }
    }
  }
}
