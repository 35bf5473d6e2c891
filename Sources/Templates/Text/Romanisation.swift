/// Writes any text in ASCII as text-unidecode 1.3 does.
package enum Romanisation {
  /// The ASCII text of all characters; what has none is left out.
  package static func romanised(_ points: [UInt32]) -> [UInt32] {
    var result: [UInt32] = []
    result.reserveCapacity(points.count)
    for point in points {
      switch point {
      case ..<0x80: result.append(point)
      case 0x2028: result.append(0x0A)
      case 0x2029: result += [0x0A, 0x0A]
      case 0xAC00..<0xD7A4: appendSyllable(Int(point) - 0xAC00, to: &result)
      case ..<0x10000: appendWord(of: Int(point), to: &result)
      default: break
      }
    }
    return result
  }

  private static func appendWord(of point: Int, to result: inout [UInt32]) {
    let page = Table.number(RomanWords.pages, at: point >> 8 * 2, digits: 2)
    let half = RomanPages1.cells.utf8CodeUnitCount
    let place = page * 512 + (point & 0xFF) * 2
    var word =
      place < half
      ? Table.number(RomanPages1.cells, at: place, digits: 2)
      : Table.number(RomanPages2.cells, at: place - half, digits: 2)
    guard word > 0 else { return }
    word -= 1
    // The words stand by length, so their places need no list.
    var start = 0
    for length in 1...(RomanWords.counts.utf8CodeUnitCount / 2) {
      let count = Table.number(RomanWords.counts, at: (length - 1) * 2, digits: 2)
      if word < count {
        let words = Table.bytes(RomanWords.words)
        for byte in words[(start + word * length)..<(start + (word + 1) * length)] {
          result.append(UInt32(byte))
        }
        return
      }
      word -= count
      start += count * length
    }
  }

  private static func appendSyllable(_ syllable: Int, to result: inout [UInt32]) {
    let letters =
      leading[syllable / 588] + vowels[syllable / 28 % 21] + trailing[syllable % 28]
    for scalar in letters.unicodeScalars { result.append(scalar.value) }
  }

  private static let leading = [
    "g", "gg", "n", "d", "dd", "r", "m", "b", "bb", "s", "ss", "", "j", "jj", "c", "k", "t", "p",
    "h",
  ]
  private static let vowels = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "weo", "we",
    "wi", "yu", "eu", "yi", "i",
  ]
  private static let trailing = [
    "", "g", "gg", "gs", "n", "nj", "nh", "d", "l", "lg", "lm", "lb", "ls", "lt", "lp", "lh", "m",
    "b", "bs", "s", "ss", "ng", "j", "c", "k", "t", "p", "h",
  ]
}
