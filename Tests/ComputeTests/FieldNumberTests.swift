import Platform
import Testing

@testable import Compute

@Suite("Numbers of fields, eight digits at a time") struct FieldNumberTests {
  /// What a field of a text is read as, with other digits around it.
  private func read(_ text: String) -> FieldNumber? {
    let bytes = Array("98765432109876543210987.".utf8) + Array(text.utf8) + Array("55555".utf8)
    return bytes.withUnsafeBufferPointer { bytes in
      bytes.baseAddress.flatMap { FieldNumber($0 + 24, text.utf8.count) }
    }
  }

  @Test("are those of cells, or none", arguments: 0..<10) func cells(seed: UInt64) {
    var random = RandomStream(seed: seed, purpose: "numbers")
    var read = 0
    for _ in 0..<5000 {
      let count = 1 + random.integer(below: 22)
      var text = (0..<count).map { _ in "\(random.integer(below: 10))" }.joined()
      if random.integer(below: 2) == 0 {
        let place = text.index(text.startIndex, offsetBy: random.integer(below: count + 1))
        text.insert(".", at: place)
      }
      if random.integer(below: 4) == 0 { text = "-" + text }
      if random.integer(below: 10) == 0 {
        let place = text.index(text.startIndex, offsetBy: random.integer(below: text.count))
        let others = [".", "-", "+", "e", " ", ":", "/", "\u{0}", "é", ",", "\"", "A", "~"]
        text.insert(contentsOf: others[random.integer(below: others.count)], at: place)
      }
      guard let number = self.read(text) else { continue }
      read += 1
      switch Cell(text) {
      case .whole(let value):
        #expect(number.value.bitPattern == value.bitPattern && !number.isFraction, "\(text)")
      case .number(let value):
        #expect(number.value.bitPattern == value.bitPattern && number.isFraction, "\(text)")
      case .missing, .text: Issue.record("\(text) is no number")
      }
    }
    // Most are read, not left to others.
    #expect(read > 3000)
  }

  @Test(
    "each byte counts",
    arguments: [
      "12345678", "1234.678", "123456789012345", "1234567.9012345", "123456789012345678",
      "12345678901.345678",
    ])
  func bytes(text: String) {
    #expect(read(text) != nil)
    for place in 0..<text.utf8.count {
      for byte in UInt8.min...UInt8.max where !(0x30...0x39).contains(byte) {
        var other = Array(text.utf8)
        other[place] = byte
        let all = Array(repeating: UInt8(ascii: "7"), count: 24) + other
        let number = all.withUnsafeBufferPointer { bytes in
          bytes.baseAddress.flatMap { FieldNumber($0 + 24, other.count) }
        }
        let cell = other.withUnsafeBufferPointer { Cell($0) }
        switch (number?.value, cell) {
        case (nil, _): break
        case (let own?, .whole(let value)), (let own?, .number(let value)):
          #expect(own.bitPattern == value.bitPattern, "\(other)")
        default: Issue.record("\(other) is no number")
        }
      }
    }
  }

  @Test(
    "edges",
    arguments: [
      "0", "-0", "00", ".5", "5.", "-.5", "0.00000000000000001", "999999999999999999",
      "9007199254740993", "0.1", "-0.0", "1.7976931348623157",
    ])
  func edges(text: String) {
    switch Cell(text) {
    case .whole(let value): #expect(read(text)?.value.bitPattern == value.bitPattern)
    case .number(let value): #expect(read(text)?.value.bitPattern == value.bitPattern)
    case .missing, .text: Issue.record("no number")
    }
  }

  @Test(
    "none", arguments: [".", "-", "-.", "+1", "1e5", " 1", "1 ", "1.2.3", "--1", "1-", "0x1", "１"])
  func none(text: String) { #expect(read(text) == nil) }
}
