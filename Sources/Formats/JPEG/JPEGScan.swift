import Platform

/// One of the passes over a picture (ITU-T T.81, sections F.2 and G.2): all of it, or some frequencies or bits of it.
struct JPEGScan {
  struct Part {
    /// Which of the frame's components.
    var component: Int
    var direct: JPEGHuffmanTable?
    var alternating: JPEGHuffmanTable?
    var prediction = 0
  }

  var parts: [Part]
  /// First and last of the frequencies.
  let first: Int
  let last: Int
  /// The bit above which all is known; 0 in a first pass.
  let high: Int
  /// The lowest bit that this pass tells of.
  let low: Int
  /// Units between restart markers; 0: there are none.
  let interval: Int
  var bits: JPEGBits
  /// Blocks that have nothing more.
  private var emptyBlocks = 0

  init(
    _ parts: [Part], first: Int, last: Int, high: Int, low: Int, interval: Int, bits: JPEGBits
  ) {
    self.parts = parts
    (self.first, self.last, self.high, self.low) = (first, last, high, low)
    self.interval = interval
    self.bits = bits
  }

  /// How a part's blocks lie in a unit, and how many of them a row has; without the coefficients, which must not be held twice.
  private struct Layout {
    let across: Int
    let down: Int
    let row: Int
  }

  /// Adds what the pass says.
  mutating func read(into frame: inout JPEGFrame) throws(ParseFailure) {
    var layouts: [Layout] = []
    for part in parts {
      frame.components[part.component].isSeen = true
      layouts.append(
        Layout(
          across: frame.components[part.component].across,
          down: frame.components[part.component].down,
          row: frame.components[part.component].blocksAcross))
    }
    let isAlone = parts.count == 1
    let own = parts[0].component
    // A component by itself has its own blocks only, not those that fill up units.
    let across = isAlone ? (frame.components[own].width + 7) / 8 : frame.unitsAcross
    let down = isAlone ? (frame.components[own].height + 7) / 8 : frame.unitsDown
    var left = interval
    for y in 0..<down {
      for x in 0..<across {
        if interval > 0 {
          if left == 0 {
            try restart()
            left = interval
          }
          left -= 1
        }
        if isAlone {
          try block(0, y * layouts[0].row + x, &frame)
          continue
        }
        for (place, layout) in layouts.enumerated() {
          for v in 0..<layout.down {
            let start = (y * layout.down + v) * layout.row + x * layout.across
            for h in 0..<layout.across { try block(place, start + h, &frame) }
          }
        }
      }
    }
  }

  private mutating func restart() throws(ParseFailure) {
    try bits.restart()
    for place in parts.indices { parts[place].prediction = 0 }
    emptyBlocks = 0
  }

  private mutating func block(
    _ place: Int, _ number: Int, _ frame: inout JPEGFrame
  ) throws(ParseFailure) {
    let component = parts[place].component
    let start = number * 64
    guard frame.isProgressive else {
      try direct(place, start, &frame.components[component].coefficients)
      try alternating(
        place, start, from: 1, to: 63, &frame.components[component].coefficients)
      // Only later passes leave out blocks.
      emptyBlocks = 0
      return
    }
    if first == 0 {
      return try direct(place, start, &frame.components[component].coefficients)
    }
    if high == 0 {
      try alternating(
        place, start, from: first, to: last, &frame.components[component].coefficients)
    } else {
      try refined(place, start, &frame.components[component].coefficients)
    }
  }

  // MARK: Frequencies

  private mutating func direct(
    _ place: Int, _ start: Int, _ coefficients: inout [Int16]
  ) throws(ParseFailure) {
    if high > 0 {
      if try bits.take(1) == 1 { coefficients[start] |= 1 << Int16(low) }
      return
    }
    guard let table = parts[place].direct else { throw Self.withoutTable }
    let size = try table.next(&bits)
    guard size <= 16 else { throw ParseFailure("the pixels of the JPEG picture are damaged") }
    parts[place].prediction &+= try bits.number(size)
    coefficients[start] = Int16(truncatingIfNeeded: parts[place].prediction << low)
  }

  private mutating func alternating(
    _ part: Int, _ start: Int, from first: Int, to last: Int, _ coefficients: inout [Int16]
  ) throws(ParseFailure) {
    if emptyBlocks > 0 {
      emptyBlocks -= 1
      return
    }
    guard let table = parts[part].alternating else { throw Self.withoutTable }
    var place = first
    while place <= last {
      let code = try table.next(&bits)
      let (zeros, size) = (code >> 4, code & 15)
      if size == 0 {
        if zeros == 15 {
          place += 16
          continue
        }
        emptyBlocks = (1 << zeros) - 1 + (try bits.take(zeros))
        return
      }
      place += zeros
      guard place <= last else { throw ParseFailure("the pixels of the JPEG picture are damaged") }
      let value = try bits.number(size)
      coefficients[start + Self.order[place]] = Int16(truncatingIfNeeded: value << low)
      place += 1
    }
  }

  /// One more bit of what is known, and numbers that begin with it.
  private mutating func refined(
    _ part: Int, _ start: Int, _ coefficients: inout [Int16]
  ) throws(ParseFailure) {
    guard let table = parts[part].alternating else { throw Self.withoutTable }
    let bit = Int16(1) << Int16(low)
    var place = first
    while emptyBlocks == 0, place <= last {
      let code = try table.next(&bits)
      var zeros = code >> 4
      var value: Int16 = 0
      if code & 15 != 0 {
        value = try bits.take(1) == 1 ? bit : -bit
      } else if zeros < 15 {
        emptyBlocks = (1 << zeros) + (try bits.take(zeros))
        break
      }
      while place <= last {
        let index = start + Self.order[place]
        if coefficients[index] != 0 {
          try refine(&coefficients[index], bit)
        } else {
          if zeros == 0 { break }
          zeros -= 1
        }
        place += 1
      }
      if value != 0, place <= last { coefficients[start + Self.order[place]] = value }
      place += 1
    }
    guard emptyBlocks > 0 else { return }
    while place <= last {
      let index = start + Self.order[place]
      if coefficients[index] != 0 { try refine(&coefficients[index], bit) }
      place += 1
    }
    emptyBlocks -= 1
  }

  private mutating func refine(_ value: inout Int16, _ bit: Int16) throws(ParseFailure) {
    guard try bits.take(1) == 1, value & bit == 0 else { return }
    value = value > 0 ? value &+ bit : value &- bit
  }

  private static var withoutTable: ParseFailure {
    ParseFailure("the JPEG picture lacks a Huffman table")
  }

  /// Where each frequency of the file stands in its block (figure A.6).
  static let order: [Int] = {
    var order: [Int] = []
    for sum in 0...14 {
      let rows = (max(0, sum - 7)...min(7, sum)).map { sum % 2 == 0 ? sum - $0 : $0 }
      order += rows.map { $0 * 8 + sum - $0 }
    }
    return order
  }()
}
