import Formats
import Platform

/// A Swift script with `// %%` cells, to be run from top to bottom as one program that says which cell runs.
///
/// Lines stay where they are, so that what the compiler says is of the script.
package struct LiterateSwift: Sendable {
  private let bytes: [UInt8]
  private let cells: ScriptCells
  private let lineStarts: [Int]

  package init(_ text: String) {
    let bytes = Array(text.utf8)
    self.bytes = bytes
    cells = ScriptCells(text, comment: "//")
    lineStarts = [0] + bytes.indices.filter { bytes[$0] == 0x0A }.map { $0 + 1 }
  }

  /// The program, for `main.swift` beside a file that has a `Reprise.cell(_: Int)`.
  ///
  /// - Parameters:
  ///   - parameters: in place of the values that the cell tagged `parameters` gives.
  ///   - name: what the compiler calls the script.
  /// - Throws: ``Failure``: a value that Swift has no form for.
  package func program(with parameters: NotebookParameters, name: String) throws -> [UInt8] {
    var edits = marks()
    for declaration in declarations {
      guard let entry = parameters.entries.last(where: { $0.name == declaration.name }) else {
        continue
      }
      let type = SwiftParameters.parameter(declaration, in: bytes).type
      var text = try SwiftTranslator().text(LiterateSwift.value(entry.value, as: type))
      // As many lines as before.
      text += String(repeating: "\n", count: bytes[declaration.value].count { $0 == 0x0A })
      edits.append((declaration.value, text))
    }
    if bytes.starts(with: Array("#!".utf8)) { edits.append((0..<0, "//")) }
    var program = Array("#sourceLocation(file: \(SwiftTranslator().text(name)), line: 1)\n".utf8)
    var place = 0
    for (range, text) in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where range.lowerBound >= place {
      program += bytes[place..<range.lowerBound]
      program += Array(text.utf8)
      place = range.upperBound
    }
    program += bytes[place...]
    if program.last != 0x0A { program.append(0x0A) }
    return program
  }

  /// A whole number is a fraction where one is wanted.
  private static func value(_ value: YAMLValue, as type: ParameterType) -> YAMLValue {
    switch (type, value) {
    case (.float, .int(let whole)): .float(Double(whole))
    case (.union(let types), _): types.first.map { Self.value(value, as: $0) } ?? value
    case (.list(let element), .list(let items)):
      .list(items.map { Self.value($0, as: element) })
    default: value
    }
  }

  private var declarations: [SwiftDeclaration] {
    guard let index = cells.cells.firstIndex(where: { $0.tags.contains("parameters") }) else {
      return []
    }
    let first = cells.cells[index].firstLine - 1
    let next = cells.cells[(index + 1)...].first.map { $0.firstLine - 1 } ?? lineStarts.count
    return SwiftDeclaration.list(in: bytes, lines: first..<max(first, next))
  }

  // MARK: Marks

  private typealias Edit = (range: Range<Int>, text: String)

  /// Calls in front of the marks of cells at whose place a statement can stand.
  private func marks() -> [Edit] {
    let tokens = SwiftLexer.tokens(of: bytes)
    let code = Set(cells.cells.lazy.filter { $0.kind == .code }.map(\.number))
    let starts = Dictionary(
      zip(lineStarts, 0...).map { ($0, $1) }, uniquingKeysWith: { first, _ in first })
    // How many marks stand above a line, that line's own with them.
    var counts: [Int] = []
    var count = 0
    for (index, start) in lineStarts.enumerated() {
      let end = index + 1 < lineStarts.count ? lineStarts[index + 1] - 1 : bytes.count
      if isMark(start..<end) { count += 1 }
      counts.append(count)
    }
    var edits: [Edit] = []
    var depth = 0
    for (index, token) in tokens.enumerated() {
      if token.kind == .symbol { depth += LiterateSwift.step(bytes[token.range.lowerBound]) }
      guard token.kind == .comment, depth == 0, let line = starts[token.range.lowerBound],
        isMark(token.range), code.contains(counts[line]),
        canFollow(tokens[(index + 1)...].first { $0.kind != .comment && $0.kind != .newline })
      else { continue }
      let start = token.range.lowerBound
      edits.append((start..<start, "Reprise.cell(\(counts[line])); "))
    }
    return edits
  }

  private func isMark(_ range: Range<Int>) -> Bool {
    guard range.count >= 4, bytes[range].starts(with: Array("//".utf8)) else { return false }
    return ScriptCells.mark(String(decoding: bytes[range], as: UTF8.self)[...], "//") != nil
  }

  private static func step(_ byte: UInt8) -> Int {
    switch byte {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"): 1
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"): -1
    default: 0
    }
  }

  /// Whether a statement can stand in front of a token: not where it goes on with one that began above.
  private func canFollow(_ token: SwiftLexer.Token?) -> Bool {
    guard let token else { return false }
    switch token.kind {
    case .symbol:
      // A statement can begin with a list, a pair or a closure, and with an operator in front.
      return "([{-!~&".utf8.contains(bytes[token.range.lowerBound])
    case .word:
      let word = String(decoding: bytes[token.range], as: UTF8.self)
      return !["else", "catch", "#else", "#elseif", "#endif"].contains(word)
    default: return true
    }
  }
}
