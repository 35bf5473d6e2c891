import Platform
import Python

/// E701 to E703: one statement a line, and a block on lines of its own.
struct OneStatement: PythonCheck {
  init(_ options: RuleOptions) throws(ParseFailure) {}

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    let layout = source.layout
    source.list.tokens.withUnsafeBufferPointer { tokens in
      source.bytes.withUnsafeBufferPointer { bytes in
        layout.traits.withUnsafeBufferPointer { traits in
          for line in layout.lines where line.traits.contains(.dividesStatements) {
            check(line.tokens, tokens, traits, source, bytes, report)
          }
        }
      }
    }
  }

  private func check(
    _ line: Range<Int>, _ tokens: UnsafeBufferPointer<Token>,
    _ traits: UnsafeBufferPointer<TokenTraits>, _ source: PythonSource,
    _ bytes: UnsafeBufferPointer<UInt8>, _ report: (PythonFinding) -> Void
  ) {
    var opensBlock = false
    var colon: Token?
    var semicolon: Token?
    // `class C: ...` is how stubs are written.
    var allowsEllipsis = false
    var depth = 0
    for index in line {
      let kind = tokens[index].kind
      if kind == .ellipsis, allowsEllipsis {
        allowsEllipsis = false
        continue
      }
      if traits[index].contains(.opens) { depth += 1 }
      if traits[index].contains(.closes) { depth = max(0, depth - 1) }
      guard depth == 0 else { continue }
      switch kind {
      case .newline:
        guard let semicolon, !source.isNotebook else { break }
        let start = source.continuationStart(before: Int(semicolon.start), bytes)
        report(
          PythonFinding(
            "E703", semicolon.range, fix: Fix([Fix.Edit(start..<Int(semicolon.end), "")])))
      case .colon:
        if opensBlock {
          colon = tokens[index]
          allowsEllipsis = true
        }
      case .semicolon:
        semicolon = tokens[index]
        allowsEllipsis = false
      case .comment, .indent, .dedent, .lineBreak: break
      default:
        if let own = semicolon {
          report(PythonFinding("E702", own.range))
          semicolon = nil
          allowsEllipsis = false
        }
        if let own = colon {
          report(PythonFinding("E701", own.range))
          colon = nil
          opensBlock = false
          allowsEllipsis = false
        }
      }
      switch kind {
      case .lambdaKeyword:
        colon = nil
        opensBlock = false
      case .ifKeyword, .whileKeyword, .forKeyword, .tryKeyword, .exceptKeyword, .finallyKeyword,
        .elifKeyword, .elseKeyword, .classKeyword, .withKeyword:
        opensBlock = true
      case .name where traits[index].contains(.isKeyword):
        opensBlock = opensBlock || bytes[Int(tokens[index].start)] != UInt8(ascii: "t")
      default: break
      }
    }
  }
}
