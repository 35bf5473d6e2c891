import Compute

/// Hashes of the cells of rows: the same for the same cells, wherever they were read from.
enum RowHash {
  static let missing: UInt64 = 0x9AE1_6A3B_2F90_404F

  @inline(__always)
  static func of(_ value: Double) -> UInt64 {
    value.isNaN ? missing : mix(PlainValue.bits(value) ^ 0x2545_F491_4F6C_DD1D)
  }

  @inline(__always)
  static func of(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash = mix(0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count))
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return hash }
    var place = 0
    while place &+ 8 <= bytes.count {
      hash = mix(hash ^ base.loadUnaligned(fromByteOffset: place, as: UInt64.self))
      place &+= 8
    }
    var tail: UInt64 = 0
    while place < bytes.count {
      tail = tail &<< 8 | UInt64(base.load(fromByteOffset: place, as: UInt8.self))
      place &+= 1
    }
    return mix(hash &+ 0xD6E8_FEB8_6659_FD93 ^ tail)
  }

  static func of(_ value: GreatWhole) -> UInt64 {
    mix(mix(UInt64(truncatingIfNeeded: value.value)) ^ (value.value < 0 ? 1 : 2))
  }

  @inline(__always)
  static func joined(_ left: UInt64, _ right: UInt64) -> UInt64 {
    mix((left &<< 23 | left &>> 41) ^ right)
  }

  @inline(__always)
  static func mix(_ value: UInt64) -> UInt64 {
    let product = (value ^ 0xE703_7ED1_A0B4_28DB).multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }

  /// A word for each row of a block over some columns, 0 for a row without any value; and whether rows with equal words are equal
  /// for sure.
  static func words(of block: RowBlock, _ columns: [String]) -> (words: [UInt64], areExact: Bool) {
    guard columns.count == 1, let numbers = block.numbers(columns[0]) else {
      return (rows(of: block, columns), false)
    }
    var words = keys(of: numbers)
    guard let greats = block.greats(columns[0]) else { return (words, true) }
    greats.forEach { row, value in
      if row < words.count { words[row] = max(1, of(value)) }
    }
    return (words, false)
  }

  /// One for each row of a block over some columns; 0 for a row without any value.
  static func rows(of block: RowBlock, _ columns: [String]) -> [UInt64] {
    let count = block.rowCount
    var hasValue = [Bool](repeating: false, count: count)
    var hashes = [UInt64](repeating: 0, count: count)
    hashes.withUnsafeMutableBufferPointer { hashes in
      hasValue.withUnsafeMutableBufferPointer { hasValue in
        for (index, column) in columns.enumerated() {
          add(column, of: block, isFirst: index == 0, to: hashes, hasValue)
        }
        for row in 0..<count {
          hashes[row] = hasValue[row] ? max(1, hashes[row]) : 0
        }
      }
    }
    return hashes
  }

  private static func add(
    _ column: String, of block: RowBlock, isFirst: Bool,
    to hashes: UnsafeMutableBufferPointer<UInt64>, _ hasValue: UnsafeMutableBufferPointer<Bool>
  ) {
    if let cells = block.numbers(column) {
      if let greats = block.greats(column) {
        var own = cells.map(of)
        greats.forEach { row, value in
          if row < own.count { own[row] = of(value) }
        }
        for row in hashes.indices {
          hashes[row] = isFirst ? own[row] : joined(hashes[row], own[row])
          if !cells[row].isNaN { hasValue[row] = true }
        }
        return
      }
      for row in hashes.indices {
        let hash = of(cells[row])
        hashes[row] = isFirst ? hash : joined(hashes[row], hash)
        if !cells[row].isNaN { hasValue[row] = true }
      }
    } else if let cells = block.texts(column) {
      let words = (0..<cells.wordCount).map { of(cells.word($0)) }
      words.withUnsafeBufferPointer { words in
        for row in hashes.indices {
          let code = Int(cells.codes[row])
          let hash = code < 0 ? missing : words[code]
          hashes[row] = isFirst ? hash : joined(hashes[row], hash)
          if code >= 0 { hasValue[row] = true }
        }
      }
    }
  }

  /// For each row of numbers a key that no other number has, spread as evenly as hashes are; 0 for a missing cell.
  static func keys(of cells: UnsafeBufferPointer<Double>) -> [UInt64] {
    cells.map { $0.isNaN ? 0 : spread(PlainValue.bits($0) &+ 1) }
  }

  /// Each step can be undone, and 0 stays 0 (the finalizer of MurmurHash3).
  @inline(__always)
  private static func spread(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value &>> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value &>> 33) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value &>> 33
  }
}
