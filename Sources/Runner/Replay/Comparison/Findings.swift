/// What a reader found so far: it counts, and keeps the first difference in words.
struct Findings {
  let tolerance: Tolerance
  let normaliser: TextNormaliser
  /// Asked now and then; what it answers ends the comparison.
  let isCancelled: @Sendable () -> Bool
  private(set) var differences = 0
  private(set) var first: String?
  /// In what two values that count as equal differ first.
  private(set) var note: String?
  private(set) var largestAbsolute: Double?
  private(set) var largestRelative: Double?
  /// Members of an archive.
  var members: [OutputVerdict]?
  private var steps = 0

  init(
    tolerance: Tolerance, normaliser: TextNormaliser, isCancelled: @escaping @Sendable () -> Bool
  ) {
    self.tolerance = tolerance
    self.normaliser = normaliser
    self.isCancelled = isCancelled
  }

  /// The same measures, nothing found yet.
  var fresh: Findings {
    Findings(tolerance: tolerance, normaliser: normaliser, isCancelled: isCancelled)
  }

  /// Notes a difference; its words are made for the first alone.
  mutating func add(count: Int = 1, _ words: () -> String) {
    guard count > 0 else { return }
    if first == nil { first = OneLine.text(words(), limit: 400) }
    differences = differences.addingReportingOverflow(count).partialValue
  }

  /// Notes in what values differ that count as equal.
  mutating func allow(_ words: () -> String) {
    if note == nil { note = OneLine.text(words(), limit: 400) }
  }

  /// Compares two numbers.
  ///
  /// - Parameter place: where they stand, in words.
  mutating func numbers(_ old: Double, _ new: Double, at place: () -> String) {
    measure(old, new)
    guard !tolerance.allows(old, new) else { return }
    add { "\(place()): \(old) became \(new)" }
  }

  /// Takes two numbers into the largest differences.
  mutating func measure(_ old: Double, _ new: Double) {
    let distance = (new - old).magnitude
    guard distance > 0, distance.isFinite else { return }
    largestAbsolute = max(largestAbsolute ?? 0, distance)
    let relative = distance / old.magnitude
    if relative.isFinite { largestRelative = max(largestRelative ?? 0, relative) }
  }

  /// Compares two texts: as they are, then under the normaliser.
  mutating func texts(_ old: String, _ new: String, at place: () -> String) {
    // Strings that look the same may be written differently; here that is a difference.
    guard !old.utf8.elementsEqual(new.utf8) else { return }
    func words() -> String {
      let pair = OneLine.pair(old, new)
      return "\(place()): \"\(pair.old)\" became \"\(pair.new)\""
    }
    if normaliser.normalised(old).utf8.elementsEqual(normaliser.normalised(new).utf8) {
      allow { words() + ", left out as a time, an id or a place" }
    } else {
      add(words)
    }
  }

  /// Takes over what was found in a part.
  mutating func merge(_ part: Findings, at place: () -> String) {
    if let first = part.first { add(count: part.differences) { "\(place()): \(first)" } }
    if let note = part.note { allow { "\(place()): \(note)" } }
    if let distance = part.largestAbsolute {
      largestAbsolute = max(largestAbsolute ?? 0, distance)
    }
    if let distance = part.largestRelative {
      largestRelative = max(largestRelative ?? 0, distance)
    }
  }

  /// To be called at every step of a long comparison.
  ///
  /// - Throws: `CancellationError`.
  mutating func step() throws {
    steps &+= 1
    if steps & 0xFFF == 0, isCancelled() { throw CancellationError() }
  }

  /// The verdict on two contents whose bytes are not the same.
  func verdict(name: String, reader: String) -> OutputVerdict {
    if let members {
      var verdict = OutputVerdict(name: name, reader: reader, members: members)
      // The members may all be the same, the archive is not.
      if verdict.kind == .identical {
        verdict.kind = .equal
        verdict.detail = "the same members, packed differently"
      }
      return verdict
    }
    var detail = first ?? note
    if first == nil, let largestAbsolute {
      detail =
        "numbers differ by at most \(largestAbsolute)"
        + (largestRelative.map { ", relative \($0)" } ?? "")
    }
    return OutputVerdict(
      name: name, kind: differences > 0 ? .different : .equal, reader: reader,
      detail: detail ?? "the same values, written differently", differences: differences,
      largestAbsolute: largestAbsolute, largestRelative: largestRelative)
  }
}
