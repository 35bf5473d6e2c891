import Formats
import Notebooks
import Platform

/// Compares what a cell put out with what is stored of it.
///
/// Times, metadata, numbers of executions and tracebacks are passed over, and whether something was displayed or was the
/// cell's value. What is printed is one text for each stream, wherever it stands between other outputs: it comes on ways of
/// its own.
struct CellOutputComparison {
  private let contents: ContentComparison
  private let options: NotebookTestOptions
  private let reader: CellOutputReader

  struct Result {
    var verdict: OutputVerdict
    /// What differs; what counts as equal is as it is stored.
    var changes: [OutputDifference] = []
  }

  init(_ options: NotebookTestOptions) {
    self.options = options
    contents = ContentComparison(
      tolerance: Tolerance(rtol: options.rtol, atol: options.atol), normaliser: TextNormaliser(),
      limits: ComparisonLimits(), isCancelled: { Task.isCancelled })
    reader = CellOutputReader(contents: contents)
  }

  /// - Throws: `CancellationError`, and what the sanitizer throws.
  func compare(_ stored: [NotebookJSON], _ new: [NotebookJSON]) throws -> Result {
    let lists = [stored, new].map { CellOutputReader.joined($0.map(Self.essence)) }
    if lists[0].map({ NotebookJSON($0) }) == lists[1].map({ NotebookJSON($0) }) {
      return Result(verdict: OutputVerdict(name: "outputs", kind: .identical, reader: "outputs"))
    }
    let pairs = try OutputPair.pairs(prepared(lists[0]), prepared(lists[1]))
    var findings = nothing
    var settled: [NotebookJSON] = []
    for pair in pairs {
      let before = findings.differences
      try compare(pair, into: &findings)
      guard let new = pair.new else { continue }
      let isSame = findings.differences == before
      settled.append(NotebookJSON(isSame ? pair.old ?? new : try settle(new, pair.old)))
    }
    if Self.order(lists[0]) != Self.order(lists[1]) {
      findings.allow { "outputs come in another order" }
    }
    var result = Result(verdict: findings.verdict(name: "outputs", reader: "outputs"))
    if !result.verdict.kind.isSame {
      result.changes = OutputDifference.between(
        pairs.compactMap { $0.old.map { NotebookJSON($0) } }, settled, countsMatter: false)
    }
    return result
  }

  private var nothing: Findings {
    Findings(
      tolerance: contents.tolerance, normaliser: contents.normaliser,
      isCancelled: contents.isCancelled)
  }

  private func compare(_ pair: OutputPair, into findings: inout Findings) throws {
    switch (pair.old, pair.new) {
    case (let old?, let new?): try reader.compare(old, new, pair.name, &findings)
    case (.some, nil): findings.add { "\(pair.name) is missing" }
    case (nil, _): findings.add { "\(pair.name) is new" }
    }
  }

  // MARK: What is compared of an output

  /// An output without what is never compared.
  private static func essence(_ output: NotebookJSON) -> JSONValue {
    var members: [JSONValue.Member] = []
    for key in ["output_type", "name", "text", "ename", "evalue", "data"] {
      if let value = output[key] { members.append(.init(key, JSONValue(value))) }
    }
    return .object(members)
  }

  /// What the outputs are, in their order.
  private static func order(_ outputs: [JSONValue]) -> [String] {
    outputs.map { $0["name"]?.string ?? ($0["ename"] == nil ? "display" : "error") }
  }

  private func prepared(_ outputs: [JSONValue]) throws -> [JSONValue] {
    try OutputPair.apart(outputs).compactMap { output in
      guard var members = output.members else { return output }
      for (place, member) in members.enumerated() {
        switch member.key {
        case "output_type" where member.value == "execute_result":
          members[place].value = "display_data"
        case "text", "ename", "evalue": members[place].value = try sanitized(member.value)
        case "data":
          guard let bundle = try bundle(member.value) else { return nil }
          members[place].value = bundle
        default: break
        }
      }
      return .object(members)
    }
  }

  /// The forms of what is shown that are compared; nil when there were some and none is left.
  private func bundle(_ data: JSONValue) throws -> JSONValue? {
    guard let members = data.members, !members.isEmpty else { return data }
    let left = options.ignoresImages ? members.filter { !Self.isPicture($0.key) } : members
    guard !left.isEmpty else { return nil }
    return .object(
      try left.map { member in
        let isText = DataSummary.isText(member.key) || member.value.string != nil
        guard isText, !Self.isPicture(member.key) else { return member }
        return .init(member.key, try sanitized(member.value))
      })
  }

  /// Whether a form is made of pixels: drawings in SVG are texts.
  private static func isPicture(_ type: String) -> Bool {
    type.hasPrefix("image/") && type != "image/svg+xml"
  }

  private func sanitized(_ value: JSONValue) throws -> JSONValue {
    guard let sanitizer = options.sanitizer else { return value }
    return .string(try sanitizer(CellOutputReader.text(value)))
  }

  // MARK: What is shown of a difference

  /// A new output with the lines and forms of the stored one where these count as equal.
  private func settle(_ new: JSONValue, _ old: JSONValue?) throws -> JSONValue {
    guard let old, let members = new.members else { return new }
    return .object(
      try members.map { member in
        guard let stored = old[member.key] else { return member }
        switch member.key {
        case "text", "evalue": return .init(member.key, settled(member.value, stored))
        case "data":
          let forms = try (member.value.members ?? []).map { form -> JSONValue.Member in
            guard let stored = stored[form.key] else { return form }
            let sides = [stored, form.value].map { value -> JSONValue in
              ["output_type": "display_data", "data": .object([.init(form.key, value)])]
            }
            var findings = nothing
            try reader.compare(sides[0], sides[1], "", &findings)
            if findings.differences == 0 { return .init(form.key, stored) }
            guard DataSummary.isText(form.key) else { return form }
            return .init(form.key, settled(form.value, stored))
          }
          return .init(member.key, .object(forms))
        default: return member
        }
      })
  }

  private func settled(_ new: JSONValue, _ old: JSONValue) -> JSONValue {
    let texts = [old, new].map { Array(CellOutputReader.text($0).utf8) }
    let olds = texts[0].split(separator: 0x0A, omittingEmptySubsequences: false)
    var news = texts[1].split(separator: 0x0A, omittingEmptySubsequences: false)
    for place in 0..<min(olds.count, news.count) where olds[place] != news[place] {
      var line = LineComparison(nothing)
      line.compareLines(olds[place], news[place], 1)
      if line.findings.differences == 0 { news[place] = olds[place] }
    }
    return .string(String(decoding: Array(news.joined(separator: [0x0A])), as: UTF8.self))
  }
}
