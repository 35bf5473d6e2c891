/// The hot loop of binning: the number of keys that are less than a value, for many values.
///
/// Eight halvings of a table of 256 keys (fewer when there are fewer), each an addition of a
/// comparison's result: no branch that a processor could mispredict.
enum BinLookup {
  /// A table of keys padded with infinity to 2^steps - 1.
  struct Table<Value: BinaryFloatingPoint & BitwiseCopyable> {
    let keys: Memory<Value>
    let steps: Int

    init(_ sorted: [Value]) {
      var steps = 0
      while (1 << steps) - 1 < sorted.count { steps += 1 }
      self.steps = steps
      keys = Memory(count: 1 << steps, filledWith: .infinity)
      for (i, key) in sorted.enumerated() { keys.base[i] = key }
    }
  }

  /// Writes the bin of each value; `missingBin` for NaN.
  @inline(__always)
  static func find<Value: BinaryFloatingPoint & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, count: Int, in table: Table<Value>, missingBin: UInt8,
    to bins: UnsafeMutablePointer<UInt8>
  ) {
    let keys = UnsafePointer(table.keys.base)
    switch table.steps {
    case 8: search(values, count, keys, 7, missingBin, bins)
    case 7: search(values, count, keys, 6, missingBin, bins)
    case let steps: search(values, count, keys, steps - 1, missingBin, bins)
    }
  }

  @inline(__always)
  private static func search<Value: BinaryFloatingPoint & BitwiseCopyable>(
    _ values: UnsafePointer<Value>, _ count: Int, _ keys: UnsafePointer<Value>, _ top: Int,
    _ missingBin: UInt8, _ bins: UnsafeMutablePointer<UInt8>
  ) {
    for i in 0..<count {
      let x = values[i]
      var place = 0
      var step = top
      while step >= 0 {
        let isLess = keys[place &+ (1 &<< step) &- 1] < x ? 1 : 0
        place = place &+ (isLess &<< step)
        step &-= 1
      }
      bins[i] = x == x ? UInt8(truncatingIfNeeded: place) : missingBin
    }
  }
}
