import Platform
import Python

/// Q000 to Q003: one kind of quotes, the other only where it spares escapes.
struct Quotes: PythonCheck {
  private let quote: UInt8
  private var other: UInt8 { quote == 0x22 ? 0x27 : 0x22 }

  init(_ options: RuleOptions) throws(ParseFailure) {
    quote = try options.text("style", "double") == "single" ? 0x27 : 0x22
  }

  func run(_ source: PythonSource, _ report: (PythonFinding) -> Void) {
    guard source.tree.problems.isEmpty else { return }
    let wanted = quote
    source.list.tokens.withUnsafeBufferPointer { tokens in
      source.bytes.withUnsafeBufferPointer { bytes in
        // Which strings are docstrings is asked only where it matters.
        var docstrings: Set<Int>?
        let annotations = StringAnnotations(source.tree)
        StringSequence.visit(bytes, tokens) { parts in
          let isPlain = parts.allSatisfy { part in
            part.quote == wanted && (part.isTriple || !bytes[part.content].contains(0x5C))
          }
          if isPlain { return }
          if annotations.contains(parts[0].tokens.lowerBound) { return }
          if docstrings == nil { docstrings = Self.docstrings(source.tree) }
          if docstrings?.contains(parts[0].tokens.lowerBound) == true {
            for part in parts { checkDocstring(part, bytes, report) }
          } else {
            check(parts, bytes, report)
            for part in parts { checkEscapes(part, bytes, tokens, report) }
          }
        }
      }
    }
  }

  /// The first tokens of all docstrings.
  private static func docstrings(_ tree: Tree) -> Set<Int> {
    var found: Set<Int> = []
    let owners = [NodeID.module] + tree.nodes(.functionDef) + tree.nodes(.classDef)
    for owner in owners {
      let body = owner == .module ? owner : tree.body(of: owner)
      guard let body, let first = tree.child(0, of: body),
        tree.kind(first) == .expressionStatement, let value = tree.child(0, of: first),
        tree.kind(value) == .string
      else { continue }
      // A docstring in brackets is one too.
      found.insert(tree.tokenRange(of: value).lowerBound)
    }
    return found
  }

  private func values(_ wanted: UInt8) -> [String: String] {
    wanted == 0x22
      ? ["wanted": "double", "found": "single"] : ["wanted": "single", "found": "double"]
  }

  private func finding(
    _ code: String, _ part: StringPart, isFixed: Bool = true
  ) -> PythonFinding {
    let text = String(repeating: quote == 0x22 ? "\"" : "'", count: part.quoteLength)
    let fix =
      isFixed
      ? Fix([
        Fix.Edit(part.prefix.upperBound..<part.content.lowerBound, text),
        Fix.Edit(part.content.upperBound..<part.range.upperBound, text),
      ]) : nil
    return PythonFinding(code, part.range, values(quote), fix: fix)
  }

  private func checkDocstring(
    _ part: StringPart, _ bytes: UnsafeBufferPointer<UInt8>, _ report: (PythonFinding) -> Void
  ) {
    let next = part.range.upperBound
    if isEmpty(part), next < bytes.count, bytes[next] == quote {
      report(finding("Q002", part, isFixed: false))
    } else if !bytes[part.prefix.upperBound..<part.range.upperBound].contains(quote) {
      report(finding("Q002", part))
    }
  }

  private func isEmpty(_ part: StringPart) -> Bool {
    part.range.upperBound - part.prefix.upperBound == 2
  }

  /// Q000 and Q001.
  private func check(
    _ parts: [StringPart], _ bytes: UnsafeBufferPointer<UInt8>, _ report: (PythonFinding) -> Void
  ) {
    let sparesEscapes = parts.contains {
      !$0.isTriple && $0.quote != quote && bytes[$0.content].contains(quote)
    }
    for part in parts where part.quote != quote {
      guard !part.isTriple else {
        let end = part.content.upperBound
        let content = part.content
        let endsBadly = end > content.lowerBound && bytes[end - 1] == quote
        if !endsBadly, !hasTriple(bytes, content) { report(finding("Q001", part)) }
        continue
      }
      guard !sparesEscapes else { continue }
      let start = part.range.lowerBound
      let next = part.range.upperBound
      let breaks =
        isEmpty(part) && next < bytes.count && bytes[next] == quote
        || start >= 2 && bytes[start - 1] == quote && bytes[start - 2] == quote
      report(finding("Q000", part, isFixed: !breaks))
    }
  }

  private func hasTriple(_ bytes: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool {
    guard range.count >= 3 else { return false }
    return (range.lowerBound...(range.upperBound - 3)).contains {
      bytes[$0] == quote && bytes[$0 + 1] == quote && bytes[$0 + 2] == quote
    }
  }

  /// Q003: `"it's \"so\""` needs no escapes in the other quotes.
  private func checkEscapes(
    _ part: StringPart, _ bytes: UnsafeBufferPointer<UInt8>,
    _ tokens: UnsafeBufferPointer<Token>, _ report: (PythonFinding) -> Void
  ) {
    guard part.quote == quote, !part.isTriple, !part.isRaw(bytes), !part.holdsStrings,
      bytes[part.content].contains(0x5C)
    else { return }
    let texts = part.isFormat ? texts(of: part, tokens) : [part.content]
    guard !texts.contains(where: { bytes[$0].contains(other) }) else { return }
    var edits: [Fix.Edit] = []
    for text in texts {
      var place = text.lowerBound
      while place < text.upperBound {
        guard bytes[place] == 0x5C, place + 1 < text.upperBound else {
          place += 1
          continue
        }
        if bytes[place + 1] == quote { edits.append(Fix.Edit(place..<(place + 1), "")) }
        place += 2
      }
    }
    guard !edits.isEmpty else { return }
    let mark = quote == 0x22 ? "'" : "\""
    let opening = Fix.Edit(part.prefix.upperBound..<part.content.lowerBound, mark)
    let closing = Fix.Edit(part.content.upperBound..<part.range.upperBound, mark)
    report(PythonFinding("Q003", part.range, fix: Fix([opening] + edits + [closing])))
  }

  /// The texts of an f-string outside of its fields.
  private func texts(of part: StringPart, _ tokens: UnsafeBufferPointer<Token>) -> [Range<Int>] {
    var texts: [Range<Int>] = []
    var depth = 0
    for index in part.tokens {
      switch tokens[index].kind {
      case .leftBrace, .leftBracket, .leftParenthesis: depth += 1
      case .rightBrace, .rightBracket, .rightParenthesis: depth -= 1
      case .formatMiddle where depth == 0: texts.append(tokens[index].range)
      default: break
      }
    }
    return texts
  }
}
