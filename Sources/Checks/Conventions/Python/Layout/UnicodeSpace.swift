/// The characters that Unicode calls white space, in UTF-8.
enum UnicodeSpace {
  /// The bytes of the one at a place; 0 when there is none.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
    guard place < bytes.count else { return 0 }
    let first = bytes[place]
    if first < 0x80 { return first == 0x20 || first >= 0x09 && first <= 0x0D ? 1 : 0 }
    guard place + 1 < bytes.count else { return 0 }
    let second = bytes[place + 1]
    if first == 0xC2 { return second == 0x85 || second == 0xA0 ? 2 : 0 }
    guard first >= 0xE1, first <= 0xE3, place + 2 < bytes.count else { return 0 }
    let third = bytes[place + 2]
    switch (first, second) {
    case (0xE1, 0x9A): return third == 0x80 ? 3 : 0
    case (0xE2, 0x80): return third <= 0x8A || [0xA8, 0xA9, 0xAF].contains(third) ? 3 : 0
    case (0xE2, 0x81): return third == 0x9F ? 3 : 0
    case (0xE3, 0x80): return third == 0x80 ? 3 : 0
    default: return 0
    }
  }

  /// Where the white space begins that ends at a place.
  static func start(_ bytes: UnsafeBufferPointer<UInt8>, endingAt end: Int, from start: Int) -> Int
  {
    var place = end
    while place > start {
      let last = bytes[place - 1]
      if last < 0x80 {
        guard length(bytes, at: place - 1) == 1 else { break }
        place -= 1
      } else if place - 2 >= start, length(bytes, at: place - 2) == 2 {
        place -= 2
      } else if place - 3 >= start, length(bytes, at: place - 3) == 3 {
        place -= 3
      } else {
        break
      }
    }
    return place
  }
}
