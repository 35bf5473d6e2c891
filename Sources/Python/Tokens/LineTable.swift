/// Where the lines of a file begin: turns a byte's offset into a line and a column.
package struct LineTable: Sendable {
  /// The first byte of every line.
  package let starts: [UInt32]

  /// Lines end at LF, CR LF and, as in CPython, at a lone CR.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var starts: [UInt32] = [0]
    starts.reserveCapacity(bytes.count / 30 + 2)
    let count = bytes.count
    var index = 0
    while index < count {
      // Eight bytes without a line end cost one look: some byte is below 0x0E, or none is.
      while index + 8 <= count {
        let word = UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped + index)
          .loadUnaligned(as: UInt64.self)
        guard (word &- 0x0E0E_0E0E_0E0E_0E0E) & ~word & 0x8080_8080_8080_8080 == 0 else { break }
        index += 8
      }
      let end = min(index + 8, count)
      while index < end {
        let byte = bytes[index]
        index += 1
        if byte == 0x0A {
          starts.append(UInt32(truncatingIfNeeded: index))
        } else if byte == 0x0D {
          if index < count, bytes[index] == 0x0A { index += 1 }
          starts.append(UInt32(truncatingIfNeeded: index))
        }
      }
    }
    self.starts = starts
  }

  package init(_ bytes: [UInt8]) { self = bytes.withUnsafeBufferPointer { LineTable($0) } }

  package var count: Int { starts.count }

  /// The 1-based line of a byte.
  package func line(of offset: Int) -> Int {
    starts.withUnsafeBufferPointer { starts in
      var low = 0
      var high = starts.count
      while high - low > 1 {
        let middle = (low + high) / 2
        if Int(starts[middle]) <= offset { low = middle } else { high = middle }
      }
      return low + 1
    }
  }

  /// The first byte of a 1-based line.
  package func start(ofLine line: Int) -> Int { Int(starts[line - 1]) }
}
