import Formats
import Platform

/// What is ours in a pointer: the keys of `meta.reprise`, which DVC keeps and does not look at.
extension PointerText {
  /// Our keys in their order; nil for one that an output does not have.
  static func own(of output: PointerOutput) -> [(key: String, value: String?)] {
    [
      ("extras", output.extras?.hex),
      ("md5", output.strong == nil ? nil : output.object?.text), ("sha256", output.strong?.hex),
    ].map { ($0, $1.map { PointerScalar.text($0, column: 0, indent: 0) }) }
  }

  /// The lines for a new output.
  static func ownLines(of output: PointerOutput, indent: String) -> String? {
    let fields = own(of: output).compactMap { field in
      field.value.map { "\n\(indent)    \(field.key): \($0)" }
    }
    return fields.isEmpty ? nil : "meta:\n\(indent)  reprise:" + fields.joined()
  }

  mutating func setOwn(_ output: PointerOutput) throws(ParseFailure) {
    for (key, value) in Self.own(of: output) { try setOwn(key, value, of: output.path) }
  }

  private mutating func setOwn(
    _ key: String, _ value: String?, of path: String
  ) throws(ParseFailure) {
    let pairs = try pairs(of: path)
    let meta = pairs.first { $0.key.text == "meta" }
    let own = meta?.value.pairs?.first { $0.key.text == "reprise" }
    let field = own?.value.pairs?.first { $0.key.text == key }
    guard let value else {
      // An old value says of another content what it does not hold. Mappings that it was alone in go with it.
      guard let field, let own, let meta else { return }
      let levels = [(own.value.pairs ?? [], field), (meta.value.pairs ?? [], own), (pairs, meta)]
      for (siblings, pair) in levels where siblings.count > 1 { return cut(pair, among: siblings) }
      return
    }
    if let field {
      return replace(field.value.start.offset, field.value.lastEnd, with: value)
    }
    for node in [meta?.value, own?.value].compactMap({ $0 }) {
      if case .mapping(let inner, let style) = node.content, style == .flow || inner.isEmpty {
        throw node.failure(
          "a mapping in braces cannot be changed", hint: "write one key on each line")
      }
    }
    func indent(_ pairs: [YAMLNode.Pair]) -> String {
      String(repeating: " ", count: max(0, (pairs.first?.key.start.column ?? 1) - 1))
    }
    if let inner = own?.value.pairs, let last = inner.last {
      let end = last.value.lastEnd
      replace(end, end, with: "\n\(indent(inner))\(key): \(value)")
    } else if let inner = meta?.value.pairs, let last = inner.last {
      let end = last.value.lastEnd
      let space = indent(inner)
      replace(end, end, with: "\n\(space)reprise:\n\(space)  \(key): \(value)")
    } else if let meta {
      throw meta.value.failure("`meta` is a mapping")
    } else if let last = pairs.last {
      let end = last.value.lastEnd
      let space = indent(pairs)
      replace(
        end, end,
        with: "\n\(space)meta:\n\(space)  reprise:\n\(space)    \(key): \(value)")
    }
  }

  /// Takes a pair out of a mapping that has others.
  private mutating func cut(_ pair: YAMLNode.Pair, among siblings: [YAMLNode.Pair]) {
    if let next = siblings.first(where: { $0.key.start.offset > pair.key.start.offset }) {
      return replace(pair.key.start.offset, next.key.start.offset, with: "")
    }
    let scalars = Array(text.unicodeScalars)
    var start = pair.key.start.offset
    let mark = scalars.first == "\u{FEFF}" ? 1 : 0
    while start > 0, scalars[start - 1 + mark] == " " { start -= 1 }
    if start > 0, scalars[start - 1 + mark] == "\n" { start -= 1 }
    replace(start, pair.value.lastEnd, with: "")
  }
}

extension YAMLNode {
  /// Behind the last character that belongs to the node: a block collection's own end is where the next thing begins.
  var lastEnd: Int {
    switch content {
    case .mapping(let pairs, .block): pairs.last?.value.lastEnd ?? end.offset
    case .sequence(let items, .block): items.last?.lastEnd ?? end.offset
    case .scalar(_, .literal), .scalar(_, .folded): max(start.offset, end.offset - 1)
    default: end.offset
    }
  }
}
