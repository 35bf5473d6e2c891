/// Sorts doubles by their bits, eleven at a time: several times as fast as comparing them.
enum RadixSort {
  /// Ascending; -0 becomes 0. There must be no NaN.
  static func sort(_ values: inout [Double]) {
    let count = values.count
    guard count > 256 else {
      for i in values.indices { values[i] += 0 }
      values.sort()
      return
    }
    let keys = Memory<UInt64>(uninitialized: count)
    let spare = Memory<UInt64>(uninitialized: count)
    let digits = 6
    let counts = Memory<Int>(count: digits * 2048, filledWith: 0)
    for i in 0..<count {
      // Adding 0 turns -0 into 0; the order of doubles is then that of these integers.
      let bits = (values[i] + 0).bitPattern
      let key = bits ^ ((bits >> 63) == 0 ? 1 << 63 : ~0)
      keys.base[i] = key
      for digit in 0..<digits {
        counts.base[digit * 2048 + Int((key >> UInt64(digit * 11)) & 2047)] += 1
      }
    }
    var (from, to) = (keys.base, spare.base)
    for digit in 0..<digits {
      let shift = UInt64(digit * 11)
      let places = counts.base + digit * 2048
      // A digit that all keys share, as the low ones of floats are, needs no pass.
      if places[Int((from[0] >> shift) & 2047)] == count { continue }
      var place = 0
      for value in 0..<2048 {
        let next = place + places[value]
        places[value] = place
        place = next
      }
      for i in 0..<count {
        let key = from[i]
        let value = Int((key >> shift) & 2047)
        to[places[value]] = key
        places[value] += 1
      }
      swap(&from, &to)
    }
    for i in 0..<count {
      let key = from[i]
      values[i] = Double(bitPattern: key ^ ((key >> 63) == 0 ? ~0 : 1 << 63))
    }
  }
}
