import Formats
import Platform

/// Reads the tree of a suite's file. What cannot be read is noted, and the rest is read all the same.
struct SuiteReader {
  let source: SuiteSource
  private(set) var problems: [SuiteProblem] = []
  /// An alias would tell what is wrong with its anchor again.
  private var told: Set<SuiteProblem> = []
  /// The tests that were read, each with its place.
  private(set) var tests: [(test: DataTest, offset: Int, section: Int)] = []
  /// Where the section begins whose tests are read.
  var section = 0
  /// The columns that tests name, which a table of declared columns has to have.
  private var named: [SuiteName] = []

  // What tests are read by.
  var types: [String: ColumnType] = [:]
  var columns: [String] = []
  var label: String?
  var drift = DriftSettings()
  /// The declared type of the column whose values are read.
  var valueType: ColumnType?
  /// What `data@REVISION` is a version of.
  var dataPlace: TableReference.Place?

  init(_ source: SuiteSource) { self.source = source }

  mutating func note(_ problem: SuiteProblem) {
    if !isFull, told.insert(problem).inserted { problems.append(problem) }
  }

  /// Whether there are so many problems that more of them help nobody.
  var isFull: Bool { problems.count >= 1000 }

  mutating func add(_ test: DataTest, at offset: Int) { tests.append((test, offset, section)) }

  /// Adds the test of a section as a whole, in front of its others.
  mutating func insert(_ test: DataTest, at section: Int) {
    let place = tests.firstIndex { $0.section >= section } ?? tests.count
    tests.insert((test, section, section), at: place)
  }

  mutating func name(_ columns: [SuiteName]) { named += columns }

  /// The word that was probably meant; nil for single letters, which are near to every other.
  func nearestKey(_ key: String, _ known: [String]) -> String? {
    key.unicodeScalars.count < 2 ? nil : nearestName(to: key, among: known)
  }

  /// The text of a single value.
  func text(_ node: YAMLNode, _ what: String) throws(SuiteProblem) -> SuiteText {
    if let tag = node.tag, !tag.hasPrefix("tag:yaml.org,2002:") {
      throw SuiteProblem(
        "unknown tag `\(SuiteCursor.shortened(tag))`", at: node.mark.offset, hint: "remove the tag")
    }
    guard let text = SuiteText(node, in: source) else {
      throw SuiteProblem("\(what) is a text, not \(node.noun)", at: node.mark.offset)
    }
    guard !text.trimmed.isEmpty else {
      if case .scalar(_, let style) = node.content, style == .folded || style == .literal {
        throw SuiteProblem(
          "\(what) is empty: a value that begins with `>` or `|` is a text of the lines below it",
          at: node.mark.offset, hint: "put the value in quotes: `'>= 0'`")
      }
      throw SuiteProblem("\(what) is empty", at: node.mark.offset)
    }
    return text
  }

  /// Adds why a quote is not closed, when YAML has taken the rest for a comment.
  func explained(_ problem: SuiteProblem, in node: YAMLNode) -> SuiteProblem {
    guard case .scalar(_, .plain) = node.content, problem.message.hasSuffix("never closed"),
      source.precedesComment(node.end.offset)
    else { return problem }
    var problem = problem
    problem.hint = "a `#` behind a blank begins a comment: put the whole value in single quotes"
    return problem
  }

  // MARK: At the end

  /// Tells of columns that no table of the declared ones has.
  mutating func checkNames() {
    var allowed: Set<String>?
    for (test, _, _) in tests {
      guard case .schema(let columns, _, false) = test.kind else { continue }
      allowed = Set(columns).union(self.columns)
    }
    guard let allowed else { return }
    let sorted = allowed.sorted()
    for name in named where !allowed.contains(name.text) && !isFull {
      let near = nearestKey(name.text, sorted)
      note(
        SuiteProblem(
          "no column `\(SuiteCursor.shortened(name.text))` is declared", at: name.offset,
          hint: near.map { "did you mean `\($0)`?" }
            ?? "declare it under `columns`; a text stands in quotes"))
    }
  }

  /// Tells of tests that are there twice.
  mutating func checkRepeats() {
    struct Key: Hashable {
      var kind: DataTest.Kind
      var column: String?
      var filter: RowExpression?
      var group: String?
    }
    var lines: [Key: Int] = [:]
    for (test, offset, _) in tests {
      let key = Key(
        kind: test.kind, column: test.column, filter: test.filter, group: test.group)
      if let line = lines[key] {
        note(
          SuiteProblem(
            "`\(SuiteCursor.shortened(test.text))` is tested twice", at: offset,
            hint: "it stands in line \(line) already"))
      } else {
        lines[key] = test.location.line ?? 0
      }
    }
  }

  /// Drift and changes are of something that came before.
  mutating func checkReference() {
    for (test, offset, _) in tests {
      switch test.kind {
      case .drift, .driftedShare, .rowChange: break
      default: continue
      }
      note(
        SuiteProblem(
          "`\(SuiteCursor.shortened(test.text))` compares with a reference, and there is none",
          at: offset, hint: "add `reference:` with a file, or with a version: `data@v1.0`"))
      return
    }
  }
}
