import Compute
import Support
import Testing

@Suite("Columns of text whose cells mostly differ") struct AdaptiveTextTests {
  /// A part is filled again and again: with texts that differ, that repeat, and that are missing.
  @Test("hold the same cells however they are kept", arguments: [false, true])
  func cells(isTyped: Bool) throws {
    let part = TablePart([.text, .numbers], names: ["a", "b"], isTyped: isTyped)
    var random = SeededRandom(seed: 7)
    for fill in 0..<150 {
      part.removeAll()
      let repeats = fill % 50 > 40
      let cells = (0..<300).map { row -> String in
        if random.chance(1, of: 40) { return "NA" }
        return repeats ? "v\(row % 3)" : "text \(fill) \(row)"
      }
      for (row, cell) in cells.enumerated() {
        if isTyped {
          part.reserve()
          if cell == "NA" {
            part.setMissing(0, row: row)
          } else {
            try part.setText(cell, 0, row: row)
          }
          part.setNumber(1, isWhole: true, 1, row: row)
          part.take(1)
        } else {
          try Array(cell.utf8).withUnsafeBufferPointer { text in
            try Array("1".utf8).withUnsafeBufferPointer { one in
              try [text, one].withUnsafeBufferPointer { try part.append($0, line: row + 2) }
            }
          }
        }
      }
      let texts = try #require(part.texts(of: 0))
      #expect((0..<300).map { texts.text($0) } == cells.map { $0 == "NA" ? nil : $0 })
      #expect(part.missing(of: 0).count == cells.count { $0 == "NA" })
      #expect(part.bytes(of: 0) == nil)
      // Words follow each other in the order of their first rows.
      let codes = texts.codes.filter { $0 >= 0 }.map(Int.init)
      #expect(codes.max().map { $0 + 1 } == texts.wordCount)
      var next = 0
      for code in codes where code >= next {
        #expect(code == next)
        next += 1
      }
    }
  }
}
