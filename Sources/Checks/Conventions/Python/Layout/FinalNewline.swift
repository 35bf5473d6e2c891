import Platform
import Python

/// W292 and W391: a file ends with one line end.
struct FinalNewline: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let bytes = source.bytes
    guard !source.isNotebook, let last = bytes.last, bytes != [0xEF, 0xBB, 0xBF] else { return }
    if last != 0x0A, last != 0x0D {
      let end = bytes.count..<bytes.count
      report(PythonFinding("W292", end, fix: Fix([Fix.Edit(end, source.newline)])))
    }
    var count = 0
    var range: Range<Int>?
    search: for token in source.list.tokens.reversed() {
      switch token.kind {
      case .newline, .lineBreak:
        count += 1
        range = Int(token.end)..<(range?.upperBound ?? Int(token.end))
      case .dedent, .end: break
      default: break search
      }
    }
    guard count > 1, let range else { return }
    report(.replacing("W391", range, with: "", ["count": String(count - 1)]))
  }
}
