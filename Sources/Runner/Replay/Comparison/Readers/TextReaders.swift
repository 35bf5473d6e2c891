import Formats

/// Any text, line by line: numbers within the tolerance, without what changes with every run.
struct PlainTextReader: ContentReader {
  var name: String { "text" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    var lines = LineComparison(findings)
    try lines.compare(old, new)
    findings = lines.findings
  }
}

/// A model of LightGBM's in its text form: settings and numbers, tree by tree, `key=value` a line.
struct LightGBMReader: ContentReader {
  var name: String { "lightgbm" }

  func compare(_ old: [UInt8], _ new: [UInt8], into findings: inout Findings) throws {
    let old = Self.withoutSizes(old)
    let new = Self.withoutSizes(new)
    var (a, b) = (LineScanner(old), LineScanner(new))
    var place = "the header"
    while true {
      try findings.step()
      let (x, y) = (a.next(), b.next())
      guard let x, let y else {
        if x != nil || y != nil {
          let rest = 1 + max(a.countRest(), b.countRest())
          findings.add(count: rest) { "\(place): \(x == nil ? "more follows" : "the model ends")" }
        }
        return
      }
      let key = old[x].prefix { $0 != 0x3D }
      if key.elementsEqual("Tree".utf8) { place = String(decoding: old[x], as: UTF8.self) }
      var line = LineComparison(findings.fresh, isNormalised: false)
      line.compareLines(old[x], new[y], a.number)
      findings.merge(line.findings) { "\(place), \(String(decoding: key, as: UTF8.self))" }
    }
  }

  /// `tree_sizes` counts the bytes of the trees' text: another number of digits is no other model.
  private static func withoutSizes(_ model: [UInt8]) -> [UInt8] {
    var lines = LineScanner(model)
    var result: [UInt8] = []
    result.reserveCapacity(model.count)
    while let line = lines.next() {
      guard !model[line].starts(with: "tree_sizes=".utf8) else { continue }
      result += model[line]
      result.append(0x0A)
    }
    return result
  }
}
