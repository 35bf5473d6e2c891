import Platform
import Python

/// E2, W291, W293: the space between tokens, before comments and at the ends of lines.
///
/// The questions are pycodestyle's and the answers ruff's, finding by finding; every one has a fix that leaves the code's
/// meaning alone.
struct Whitespace: PythonCheck {
  /// Whether `a+b` is wrong (E226): PEP 8 lets space show what binds first.
  let wantsArithmetic: Bool

  init(_ options: RuleOptions) throws(ParseFailure) {
    wantsArithmetic = try options.bool("arithmetic", false)
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let layout = source.layout
    // What `f"{a + b=}"` is depends on the space in it: read when the first fault is found.
    var debugFields: [Range<Int>]?
    func tell(_ finding: PythonFinding) {
      var finding = finding
      let fields = debugFields ?? Self.debugFields(source.tree)
      debugFields = fields
      if fields.contains(where: { $0.overlaps(finding.range) }) { finding.fix?.isSafe = false }
      report(finding)
    }
    source.list.tokens.withUnsafeBufferPointer { tokens in
      source.bytes.withUnsafeBufferPointer { bytes in
        layout.traits.withUnsafeBufferPointer { traits in
          let reader = SpaceReader(tokens: tokens, traits: traits, bytes: bytes)
          for line in layout.lines { check(line, reader, tell) }
        }
      }
    }
    TrailingSpace.check(source, report)
  }

  /// The replacement fields that repeat their own source.
  private static func debugFields(_ tree: Tree) -> [Range<Int>] {
    tree.nodes(.formattedValue).filter { tree.flags($0).contains(.isDebug) }.map {
      let range = tree.range(of: $0)
      return range.lowerBound..<(range.upperBound + 1)
    }
  }

  private func check(
    _ line: LayoutLines.Line, _ reader: SpaceReader, _ report: (PythonFinding) -> Void
  ) {
    let doubts = SpaceDoubts(line.tokens, reader)
    if doubts.contains(.width) {
      checkOperators(line.tokens, reader, report)
      if !doubts.contains(.words), line.traits.contains(.isKeyword) {
        checkKeywords(line.tokens, reader, report)
      }
    }
    if doubts.contains(.brackets) { checkBrackets(line.tokens, reader, report) }
    if doubts.contains(.operators) { checkMissingOperatorSpace(line.tokens, reader, report) }
    if doubts.contains(.parameters) { checkParameterEquals(line.tokens, reader, report) }
    if doubts.contains(.punctuation) { checkPunctuation(line.tokens, reader, report) }
    if doubts.contains(.words) { checkKeywords(line.tokens, reader, report) }
    if reader.kind(line.first) == .at { checkDecorator(line.first, reader, report) }
    if line.traits.contains(.isComment) { checkComments(line, reader, report) }
  }
}

extension PythonFinding {
  /// A finding whose fix replaces what it found.
  static func replacing(
    _ code: String, _ range: Range<Int>, with text: String, _ values: [String: String] = [:]
  ) -> PythonFinding {
    PythonFinding(code, range, values, fix: Fix([Fix.Edit(range, text)]))
  }
}
