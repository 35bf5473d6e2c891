/// How well a scanner did.
struct SecretScore: CustomStringConvertible {
  /// The lines that a finding is in, counted from 1: what all scanners can tell.
  struct Place: Hashable {
    var lines: ClosedRange<Int>

    init(_ range: Range<Int>, in bytes: [UInt8]) {
      func line(_ offset: Int) -> Int { bytes[..<offset].count { $0 == 0x0A } + 1 }
      lines = line(range.lowerBound)...line(max(range.lowerBound, range.upperBound - 1))
    }

    init(line: Int) { lines = line...line }
  }

  private(set) var found = 0
  private(set) var missed: [String] = []
  private(set) var wrong: [String] = []

  /// Counts what was found in a file: the secret once, and every line without it as wrong.
  mutating func count(_ item: SecretCase, _ places: [Place]) {
    guard let secret = item.secret else {
      if !places.isEmpty { wrong.append("\(item.kind) in \(item.path): \(item.text.prefix(200))") }
      return
    }
    let bytes = Array(item.text.utf8)
    guard let range = bytes.firstRange(of: Array(secret.utf8)) else {
      missed.append("the case holds no secret: \(item.kind)")
      return
    }
    let expected = Place(range, in: bytes)
    // Some scanners tell a key's first line, `-----BEGIN`, which is the one before.
    let hit = { (place: Place) in
      place.lines.overlaps(expected.lines)
        || place.lines.upperBound == expected.lines.lowerBound - 1
          && item.text.contains("PRIVATE KEY")
    }
    if places.contains(where: hit) {
      found += 1
    } else {
      missed.append("\(item.kind) in \(item.path)")
    }
    for place in Set(places) where !hit(place) { wrong.append("\(place) of \(item.path)") }
  }

  var precision: Double { Double(found) / Double(max(found + wrong.count, 1)) }
  var recall: Double { Double(found) / Double(max(found + missed.count, 1)) }

  var description: String {
    func shown(_ number: Double) -> String { String(Double(Int(number * 1000)) / 1000) }
    return "precision \(shown(precision)), recall \(shown(recall)), \(found) found, "
      + "\(missed.count) missed, \(wrong.count) wrong"
  }
}
