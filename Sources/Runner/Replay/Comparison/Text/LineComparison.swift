/// Compares two texts line by line, each with the one of the same number.
struct LineComparison {
  var findings: Findings
  /// Whether what changes with every run is left out.
  var isNormalised = true

  init(_ findings: Findings, isNormalised: Bool = true) {
    self.findings = findings
    self.isNormalised = isNormalised
  }

  mutating func compare(_ old: [UInt8], _ new: [UInt8]) throws {
    var (a, b) = (LineScanner(old), LineScanner(new))
    while true {
      try findings.step()
      let number = a.number + 1
      switch (a.next(), b.next()) {
      case (nil, nil): return
      case (let line?, let other?): compareLines(old[line], new[other], number)
      case (let line?, nil):
        let rest = 1 + a.countRest()
        return findings.add(count: rest) { "line \(number): `\(Self.shown(old[line]))` is missing" }
      case (nil, let line?):
        let rest = 1 + b.countRest()
        return findings.add(count: rest) { "line \(number): `\(Self.shown(new[line]))` is new" }
      }
    }
  }

  private static func shown(_ line: ArraySlice<UInt8>) -> String {
    OneLine.text(String(decoding: line, as: UTF8.self), limit: 80)
  }

  mutating func compareLines(_ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>, _ number: Int) {
    guard !old.elementsEqual(new) else { return }
    let (a, b) = (Array(old), Array(new))
    let words = {
      let pair = OneLine.pair(
        String(decoding: a, as: UTF8.self), String(decoding: b, as: UTF8.self))
      return "line \(number): `\(pair.old)` became `\(pair.new)`"
    }
    if takeNumbers(a, b) { return }
    if isNormalised {
      let (x, y) = (normalised(a), normalised(b))
      if x == y || takeNumbers(x, y) {
        return findings.allow { words() + ", left out as a time, an id or a place" }
      }
    }
    findings.add(words)
  }

  /// Whether two lines are the same but for numbers within the tolerance. Those that are not are measured too.
  private mutating func takeNumbers(_ old: [UInt8], _ new: [UInt8]) -> Bool {
    guard let pairs = NumberTokens.pairs(old, new) else { return false }
    for pair in pairs { findings.measure(pair.old.value, pair.new.value) }
    return pairs.allSatisfy { $0.isSame(findings.tolerance) }
  }

  /// What a terminal shows of a line in the end: bars of progress write over themselves, as often as there was time.
  private func normalised(_ line: [UInt8]) -> [UInt8] {
    let shown = line.lastIndex(of: 0x0D).map { Array(line[($0 + 1)...]) } ?? line
    return findings.normaliser.normalised(shown)
  }
}

/// Gives the lines of a text, without LF or CRLF; a last one that is empty is none.
struct LineScanner {
  private let text: [UInt8]
  private var place = 0
  /// How many were given.
  private(set) var number = 0

  init(_ text: [UInt8]) {
    self.text = text
    if text.starts(with: [0xEF, 0xBB, 0xBF]) { place = 3 }
  }

  mutating func next() -> Range<Int>? {
    guard place < text.count else { return nil }
    let start = place
    let end = text[start...].firstIndex(of: 0x0A) ?? text.count
    place = end + 1
    number += 1
    return start..<(end > start && text[end - 1] == 0x0D ? end - 1 : end)
  }

  mutating func countRest() -> Int {
    var count = 0
    while next() != nil { count += 1 }
    return count
  }
}
