/// Compares two trees value by value: whole numbers exactly, others within the tolerance, keys in any order.
///
/// It goes as deep as the parsers go, which all have a limit.
struct TreeComparison {
  var findings: Findings
  /// Whether numbers in texts are compared as numbers: XGBoost writes its settings so.
  var readsTexts = false
  private var path = TreePath()

  init(_ findings: Findings, readsTexts: Bool = false) {
    self.findings = findings
    self.readsTexts = readsTexts
  }

  mutating func compare<Value: TreeValue>(_ old: TreeNode<Value>, _ new: TreeNode<Value>) throws {
    try findings.step()
    let path = path
    let place = { path.text }
    switch (old, new) {
    case (.map(let old), .map(let new)): try compare(old, new)
    case (.numbers(let old), .numbers(let new)):
      for (index, pair) in zip(old, new).enumerated() where pair.0 != pair.1 {
        findings.numbers(pair.0, pair.1) { "\(place())[\(index)]" }
      }
      countItems(old.count, new.count)
    case (.whole(let old), .whole(let new)):
      guard old != new else { return }
      findings.measure(Double(old), Double(new))
      findings.add { "\(place()): \(old) became \(new)" }
    case (.number(let old), .number(let new)): findings.numbers(old, new, at: place)
    case (.whole(let old), .number(let new)): findings.numbers(Double(old), new, at: place)
    case (.number(let old), .whole(let new)): findings.numbers(old, Double(new), at: place)
    case (.text(let old), .text(let new)): compareTexts(old, new)
    case (.plain(let a), .plain(let b)) where a.utf8.elementsEqual(b.utf8): return
    default:
      guard let oldCount = old.count, let newCount = new.count else {
        return findings.add { "\(place()): \(old.shown) became \(new.shown)" }
      }
      for index in 0..<min(oldCount, newCount) {
        self.path.steps.append(.index(index))
        defer { self.path.steps.removeLast() }
        try compare(old.item(index), new.item(index))
      }
      countItems(oldCount, newCount)
    }
  }

  private mutating func countItems(_ old: Int, _ new: Int) {
    guard old != new else { return }
    let path = path
    findings.add(count: max(old, new) - min(old, new)) {
      "\(path.text): a list of \(old) became one of \(new)"
    }
  }

  private mutating func compareTexts(_ old: String, _ new: String) {
    let path = path
    if readsTexts, let pairs = NumberTokens.pairs(Array(old.utf8), Array(new.utf8)),
      pairs.allSatisfy({ $0.isSame(findings.tolerance) })
    {
      for pair in pairs { findings.measure(pair.old.value, pair.new.value) }
      return
    }
    findings.texts(old, new) { path.text }
  }

  private mutating func compare<Value: TreeValue>(
    _ old: [(key: String, value: Value)], _ new: [(key: String, value: Value)]
  ) throws {
    let isSameOrder =
      old.count == new.count && zip(old, new).allSatisfy { $0.key.utf8.elementsEqual($1.key.utf8) }
    // Where a key repeats, the last one counts, as most readers have it. Bytes tell keys apart that look the same.
    let places = isSameOrder ? [:] : Self.places(new)
    let last = isSameOrder ? [:] : Self.places(old)
    for (index, member) in old.enumerated() {
      let key = Array(member.key.utf8)
      guard isSameOrder || last[key] == index else { continue }
      path.steps.append(.key(member.key))
      defer { path.steps.removeLast() }
      let path = path
      if let other = isSameOrder ? index : places[key] {
        try compare(member.value.node, new[other].value.node)
      } else {
        findings.add { "\(path.text): \(member.value.node.shown) is missing" }
      }
    }
    guard !isSameOrder else { return }
    for (index, member) in new.enumerated() {
      let key = Array(member.key.utf8)
      guard places[key] == index, last[key] == nil else { continue }
      let path = path
      findings.add {
        "\(TreePath(steps: path.steps + [.key(member.key)]).text): \(member.value.node.shown) is new"
      }
    }
  }

  private static func places<Value: TreeValue>(_ members: [(key: String, value: Value)])
    -> [[UInt8]: Int]
  {
    Dictionary(
      members.enumerated().map { (Array($0.element.key.utf8), $0.offset) }, uniquingKeysWith: max)
  }
}
