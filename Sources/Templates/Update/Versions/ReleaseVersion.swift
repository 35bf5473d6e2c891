/// A version as Python's packages have it (PEP 440), to be compared: copier orders a template's tags so.
package struct ReleaseVersion: Sendable, Hashable {
  private var epoch: Int
  private var release: [Int]
  private var pre: (kind: Int, number: Int)?
  private var post: Int?
  private var development: Int?
  private var local: [LocalPart]

  private enum LocalPart: Hashable, Comparable {
    case text(String)
    case number(Int)
  }

  package var isPrerelease: Bool { pre != nil || development != nil }

  /// Nil when the text is no version.
  package init?(_ text: String) {
    var scanner = VersionScanner(text)
    guard let parts = scanner.scan() else { return nil }
    epoch = parts.epoch
    release = parts.release
    while release.count > 1, release.last == 0 { release.removeLast() }
    pre = parts.pre
    post = parts.post
    development = parts.development
    local = parts.local.map { part in
      Int(part).map(LocalPart.number) ?? .text(part)
    }
  }

  /// A version as Python writes it: `1.0.0rc1` for `v1.0.0-rc.1`; nil when the text is none.
  static func normalized(_ text: String) -> String? {
    var scanner = VersionScanner(text)
    guard let parts = scanner.scan() else { return nil }
    var result = parts.epoch == 0 ? "" : "\(parts.epoch)!"
    result += parts.release.map(String.init).joined(separator: ".")
    if let pre = parts.pre { result += ["a", "b", "rc"][pre.kind] + String(pre.number) }
    if let post = parts.post { result += ".post\(post)" }
    if let development = parts.development { result += ".dev\(development)" }
    if !parts.local.isEmpty { result += "+" + parts.local.joined(separator: ".") }
    return result
  }

  package static func == (a: Self, b: Self) -> Bool { !(a < b) && !(b < a) }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(epoch)
    hasher.combine(release)
  }
}

extension ReleaseVersion: Comparable {
  package static func < (a: Self, b: Self) -> Bool {
    if a.epoch != b.epoch { return a.epoch < b.epoch }
    if a.release != b.release { return a.release.lexicographicallyPrecedes(b.release) }
    if a.preKey != b.preKey { return a.preKey < b.preKey }
    let (postA, postB) = (a.post ?? -1, b.post ?? -1)
    if postA != postB { return postA < postB }
    let (devA, devB) = (a.development ?? .max, b.development ?? .max)
    if devA != devB { return devA < devB }
    return a.local.lexicographicallyPrecedes(b.local)
  }

  /// A version in development comes before all its pre-releases, and a final one after them.
  private var preKey: (Int, Int) {
    if let pre { return (pre.kind, pre.number) }
    return post == nil && development != nil ? (-1, 0) : (3, 0)
  }
}

/// Reads the parts of a version, in any of the spellings that PEP 440 allows.
private struct VersionScanner {
  struct Parts {
    var epoch = 0
    var release: [Int] = []
    var pre: (kind: Int, number: Int)?
    var post: Int?
    var development: Int?
    var local: [String] = []
  }

  private var rest: Substring

  init(_ text: String) {
    rest = Substring(text.lowercased())
    while let first = rest.first, first.isWhitespace { rest.removeFirst() }
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
  }

  mutating func scan() -> Parts? {
    var parts = Parts()
    _ = take("v")
    guard var number = digits() else { return nil }
    if take("!") {
      parts.epoch = number
      guard let first = digits() else { return nil }
      number = first
    }
    parts.release = [number]
    while rest.first == ".", rest.dropFirst().first?.isASCIIDigit == true {
      rest.removeFirst()
      guard let next = digits() else { return nil }
      parts.release.append(next)
    }
    let words: [(String, Int)] = [
      ("alpha", 0), ("beta", 1), ("preview", 2), ("pre", 2), ("rc", 2), ("a", 0), ("b", 1),
      ("c", 2),
    ]
    if let (kind, number) = labelled(words) { parts.pre = (kind, number) }
    if rest.first == "-", rest.dropFirst().first?.isASCIIDigit == true {
      rest.removeFirst()
      parts.post = digits()
    } else if let (_, number) = labelled([("post", 0), ("rev", 0), ("r", 0)]) {
      parts.post = number
    }
    if let (_, number) = labelled([("dev", 0)]) { parts.development = number }
    if take("+") {
      parts.local = rest.split(omittingEmptySubsequences: false) { ".-_".contains($0) }
        .map(String.init)
      let isPlain = parts.local.allSatisfy { part in
        !part.isEmpty
          && part.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
      }
      guard isPlain else { return nil }
      rest = ""
    }
    return rest.isEmpty ? parts : nil
  }

  private mutating func take(_ text: Character) -> Bool {
    guard rest.first == text else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func digits() -> Int? {
    let digits = rest.prefix { $0.isASCIIDigit }
    guard let number = Int(digits) else { return nil }
    rest = rest.dropFirst(digits.count)
    return number
  }

  /// `.post1`, `-rc2`, `a`: a separator, a word, perhaps a separator and a number.
  private mutating func labelled(_ words: [(String, Int)]) -> (Int, Int)? {
    var tail = rest
    if let first = tail.first, ".-_".contains(first) { tail.removeFirst() }
    guard let (word, kind) = words.first(where: { tail.hasPrefix($0.0) }) else { return nil }
    tail = tail.dropFirst(word.count)
    rest = tail
    if let first = rest.first, ".-_".contains(first), rest.dropFirst().first?.isASCIIDigit == true {
      rest.removeFirst()
    }
    return (kind, digits() ?? 0)
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
