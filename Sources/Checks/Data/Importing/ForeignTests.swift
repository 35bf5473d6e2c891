import Formats
import Platform

/// Collects the tests of a suite that is taken over, and what could not be.
struct ForeignTests {
  private(set) var suite: DataSuite
  private(set) var remarks: [ForeignSuite.Remark] = []

  init(file: String, data: String) {
    let place = SourceLocation(file: file)
    suite = DataSuite(file: file, data: TableReference(.path(data), at: place))
  }

  mutating func declare(_ name: String, _ type: ColumnType? = nil) {
    if let place = suite.columns.firstIndex(where: { $0.name == name }) {
      if suite.columns[place].type == nil { suite.columns[place].type = type }
    } else {
      suite.columns.append(.init(name, type))
    }
  }

  /// Adds a test that our suites can hold; another is remarked on.
  mutating func add(
    _ kind: DataTest.Kind, _ column: String? = nil, mostly: Double = 1,
    severity: TestSeverity = .error, filter: RowExpression? = nil, of what: String,
    at location: SourceLocation
  ) {
    let test = DataTest(
      kind, column: column, mostly: kind.isOfRows ? mostly : 1, severity: severity, filter: filter,
      location: location)
    let before = suite.tests.first {
      $0.kind == kind && $0.column == column && $0.filter == filter
    }
    if let before {
      guard before.mostly != test.mostly || before.severity != severity else { return }
      return leave(
        what, "the same test stands there already, for another share of rows or severity",
        at: location)
    }
    if let problem = problem(test) {
      remarks.append(
        .init(what: what, why: problem, location: location, isTranslated: false))
    } else {
      suite.tests.append(test)
    }
  }

  mutating func leave(_ what: String, _ why: String, at location: SourceLocation) {
    remarks.append(.init(what: what, why: why, location: location, isTranslated: false))
  }

  mutating func remark(_ what: String, _ why: String, at location: SourceLocation) {
    remarks.append(.init(what: what, why: why, location: location, isTranslated: true))
  }

  /// Why a suite cannot hold a test; nil when it can.
  private func problem(_ test: DataTest) -> String? {
    var alone = DataSuite(file: suite.file, data: suite.data)
    alone.reference = suite.reference
    let own = suite.tests.filter { $0.kind.isType && $0.column == test.column }
    alone.columns = suite.columns
    alone.tests = own + [test]
    do throws(Failure) {
      let read = try DataSuite(parsing: Array(alone.yaml().utf8), file: suite.file)
      // Tables that a test names have another place there, and columns that are declared are not named.
      let isRead = read.tests.contains {
        $0.column == test.column && ($0.kind == test.kind || $0.text == test.text)
      }
      return isRead ? nil : "it has no form in our suites"
    } catch {
      let first = error.details.first ?? error
      return first.message + (first.hint.map { " (\($0))" } ?? "")
    }
  }

  /// The suite, with a line for each column that is tested, its type first. It reads without a problem.
  mutating func finished() -> DataSuite {
    for test in suite.tests { if let column = test.column { declare(column) } }
    // Beside a list of all columns others have to be declared.
    let isClosed = suite.tests.contains { $0.kind.isClosedSchema }
    if isClosed { for test in suite.tests { test.neededColumns.forEach { declare($0) } } }
    let types = suite.tests.filter { $0.kind.isType }
    suite.tests = types + suite.tests.filter { !$0.kind.isType }
    guard Self.problem(suite) != nil else { return suite }
    // Each fits by itself, and not all of them together.
    let all = suite.tests
    suite.tests = []
    for test in all {
      suite.tests.append(test)
      guard let problem = Self.problem(suite) else { continue }
      suite.tests.removeLast()
      leave("`\(test.text)`", "beside the other tests: \(problem)", at: test.location)
    }
    return suite
  }

  /// Why a suite does not read; nil when it does.
  private static func problem(_ suite: DataSuite) -> String? {
    do throws(Failure) {
      _ = try DataSuite(parsing: Array(suite.yaml().utf8), file: suite.file)
      return nil
    } catch {
      let first = error.details.first ?? error
      return first.message + (first.hint.map { " (\($0))" } ?? "")
    }
  }

  /// The path of a table that is called as something of another tool, which may be called as it likes.
  static func path(of name: String) -> String {
    let plain = name.map { $0.isLetter || $0.isNumber || "-_. ".contains($0) ? $0 : "-" }
    return "data/\(String(plain)).csv"
  }
}

extension DataTest.Kind {
  fileprivate var isType: Bool { if case .type = self { true } else { false } }

  fileprivate var isClosedSchema: Bool {
    if case .schema(_, _, allowsOthers: false) = self { true } else { false }
  }
}

extension Bounds {
  /// Nil when neither side is a number.
  init?(
    _ lower: ForeignNode?, _ upper: ForeignNode?, excludesLower: Bool = false,
    excludesUpper: Bool = false
  ) {
    self.init(
      lower: lower?.number, upper: upper?.number, excludesLower: excludesLower,
      excludesUpper: excludesUpper)
    if lower == nil && upper == nil { return nil }
    if lower != nil && self.lower == nil || upper != nil && self.upper == nil { return nil }
  }
}

/// Regular expressions that search, as ones of the whole text.
enum WholePattern {
  private static let anything = #"[\s\S]*"#

  /// Flags for all of a pattern have to stand in front.
  private static func split(_ pattern: String) -> (flags: String, rest: String) {
    guard pattern.hasPrefix("(?"), let end = pattern.firstIndex(of: ")") else {
      return ("", pattern)
    }
    let flags = pattern[pattern.index(pattern.startIndex, offsetBy: 2)..<end]
    guard !flags.isEmpty, flags.allSatisfy({ "aiLmsux".contains($0) }) else { return ("", pattern) }
    return ("(?\(flags))", String(pattern[pattern.index(after: end)...]))
  }

  /// The pattern is found somewhere.
  static func searching(_ pattern: String) -> String {
    let (flags, rest) = split(pattern)
    // What is anchored on both sides is of the whole text already.
    if flags.isEmpty, rest.hasPrefix("^"), rest.hasSuffix("$"), !rest.contains("|"),
      !rest.hasSuffix("\\$"), rest.count > 1
    {
      return String(rest.dropFirst().dropLast())
    }
    return "\(flags)\(anything)(?:\(rest))\(anything)"
  }

  /// The pattern is found at the beginning.
  static func matching(_ pattern: String) -> String {
    let (flags, rest) = split(pattern)
    return "\(flags)(?:\(rest))\(anything)"
  }

  /// Of SQL's LIKE.
  static func like(_ pattern: String) -> String {
    pattern.map { $0 == "%" ? anything : $0 == "_" ? #"[\s\S]"# : literal(String($0)) }.joined()
  }

  /// A text as it is.
  static func literal(_ text: String) -> String {
    text.map { #".^$*+?{}[]\|()/-"#.contains($0) ? "\\\($0)" : "\($0)" }.joined()
  }
}
