import Patterns

/// Scans texts on one thread: it keeps the machines of the rules' patterns from one text to the next.
package final class SecretSession {
  private let scanner: SecretScanner
  private let matchers: PatternMatchers

  /// - Parameter matchers: those of the thread.
  package init(_ scanner: SecretScanner, _ matchers: PatternMatchers = PatternMatchers()) {
    self.scanner = scanner
    self.matchers = matchers
  }

  /// The secrets of a text, in its order. Where a rule that knows a secret by its form and a generic one agree, the first
  /// one speaks.
  ///
  /// - Parameter isMeant: Whether a rule, by its place among the scanner's, is asked for this file.
  package func scan(
    _ bytes: [UInt8], path: String, isMeant: (Int) -> Bool = { _ in true }
  ) -> [SecretMatch] {
    bytes.withUnsafeBufferPointer { scan($0, path: path, isMeant: isMeant) }
  }

  /// The secrets of a text that is mapped or lies elsewhere.
  package func scan(
    _ text: UnsafeBufferPointer<UInt8>, path: String, isMeant: (Int) -> Bool = { _ in true }
  ) -> [SecretMatch] {
    var windows: [Int: [Range<Int>]] = [:]
    scanner.scan.forEachHit(in: text) { keyword, position in
      for index in scanner.rulesByKeyword[keyword] {
        let rule = scanner.rules[index]
        let window = max(0, position - rule.before)..<min(text.count, position + rule.after)
        Self.add(window, to: &windows[index, default: []])
      }
      return true
    }
    guard !windows.isEmpty else { return [] }
    var found: [(rule: Int, range: Range<Int>)] = []
    for (index, ranges) in windows.sorted(by: { $0.key < $1.key }) {
      let rule = scanner.rules[index]
      guard isMeant(index), rule.isFor(path), !isAllowed(path, rule) else { continue }
      for range in ranges { find(index, rule, in: text, range, &found) }
    }
    return settled(found).map { found in
      SecretMatch(
        rule: scanner.rules[found.rule].id, range: found.range,
        masked: SecretMatch.mask(text[found.range]))
    }
  }

  /// Adds a window; those that overlap are one.
  private static func add(_ window: Range<Int>, to windows: inout [Range<Int>]) {
    if let last = windows.last, last.upperBound >= window.lowerBound {
      windows[windows.count - 1] =
        min(last.lowerBound, window.lowerBound)..<max(last.upperBound, window.upperBound)
    } else {
      windows.append(window)
    }
  }

  private func find(
    _ index: Int, _ rule: SecretRule, in text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>,
    _ found: inout [(rule: Int, range: Range<Int>)]
  ) {
    let matcher = matchers.matcher(rule.pattern)
    matcher.forEachRange(in: text, range) { whole in
      let secret = matcher.match(in: text, whole).map(rule.secret)
      if let secret, !secret.isEmpty, isSecret(secret, in: whole, of: text, rule) {
        found.append((index, secret))
      }
      return true
    }
  }

  private func isSecret(
    _ secret: Range<Int>, in whole: Range<Int>, of text: UnsafeBufferPointer<UInt8>,
    _ rule: SecretRule
  ) -> Bool {
    let bytes = Array(text[secret])
    if let entropy = rule.entropy, !entropy.holds(bytes[...]) { return false }
    if let checksum = rule.checksum, !checksum.holds(bytes[...]) { return false }
    if let shape = rule.shape, !shape.holds(bytes[...]) { return false }
    if SecretPlaceholder.contains(text, secret) { return false }
    if isInBlob(secret, text) { return false }
    for pattern in rule.allowance.secrets where matchers.matcher(pattern).isMatch(in: bytes) {
      return false
    }
    if !rule.allowance.contexts.isEmpty {
      let context = Self.context(of: whole, text)
      for pattern in rule.allowance.contexts
      where matchers.matcher(pattern).isMatch(in: text, context) {
        return false
      }
    }
    guard !rule.allowance.stopwords.isEmpty else { return true }
    let lowered = String(decoding: bytes, as: UTF8.self).lowercased()
    return !rule.allowance.stopwords.contains { lowered.contains($0.lowercased()) }
  }

  /// A match and the name that it may be the end of: what matches `token` may stand in `pad_token`.
  private static func context(
    of whole: Range<Int>, _ text: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    var low = whole.lowerBound
    while low > 0, whole.lowerBound - low < 40, text[low - 1].isName { low -= 1 }
    return low..<whole.upperBound
  }

  /// Whether a match is a piece of something long that was encoded: an image in a notebook, a font in a style sheet.
  private func isInBlob(_ secret: Range<Int>, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let limit = 500
    var low = secret.lowerBound
    while low > 0, secret.lowerBound - low < limit,
      SecretEntropy.Alphabet.base64.contains(text[low - 1])
    {
      low -= 1
    }
    var high = secret.upperBound
    while high < text.count, high - secret.upperBound < limit,
      SecretEntropy.Alphabet.base64.contains(text[high])
    {
      high += 1
    }
    return (secret.lowerBound - low) + (high - secret.upperBound) >= limit
  }

  private func isAllowed(_ path: String, _ rule: SecretRule) -> Bool {
    rule.allowance.paths.contains { matchers.matcher($0).isMatch(in: path) }
  }

  /// In the order of the text, what overlaps once: by the rule that is no generic one, then by the first.
  private func settled(
    _ found: [(rule: Int, range: Range<Int>)]
  ) -> [(rule: Int, range: Range<Int>)] {
    let ranked = found.sorted { left, right in
      let one = scanner.rules[left.rule].isGeneric
      let two = scanner.rules[right.rule].isGeneric
      if one != two { return two }
      return (left.rule, left.range.lowerBound) < (right.rule, right.range.lowerBound)
    }
    var kept: [(rule: Int, range: Range<Int>)] = []
    var ends: [Int] = []
    for item in ranked {
      // Kept ranges do not overlap, so both of their ends are in order.
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        if ends[middle] <= item.range.lowerBound { low = middle + 1 } else { high = middle }
      }
      if low < kept.count, kept[low].range.lowerBound < item.range.upperBound { continue }
      kept.insert(item, at: low)
      ends.insert(item.range.upperBound, at: low)
    }
    return kept
  }
}

extension UInt8 {
  /// A letter or digit of ASCII, or what joins words to a name.
  fileprivate var isName: Bool {
    switch self {
    case 0x2D, 0x2E, 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A: true
    default: false
    }
  }
}
