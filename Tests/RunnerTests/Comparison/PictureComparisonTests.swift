import Formats
import Platform
import Support
import Testing

@testable import Runner

@Suite("Comparing pictures") struct PictureComparisonTests {
  private let red = PictureWriter.png(
    width: 2, height: 1, rows: [[255, 0, 0, 0, 0, 0]])

  @Test("the same pixels in another depth, colour or order are equal")
  func same() throws {
    let others = [
      PictureWriter.png(
        width: 2, height: 1, depth: 16, rows: [[255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]]),
      PictureWriter.png(width: 2, height: 1, colour: 6, rows: [[255, 0, 0, 255, 0, 0, 0, 255]]),
      PictureWriter.png(
        width: 2, height: 1, depth: 1, colour: 3, rows: [[0b0100_0000]],
        chunks: [("PLTE", [255, 0, 0, 0, 0, 0])]),
      PictureWriter.png(
        width: 2, height: 1, interlaced: true, rows: [[255, 0, 0], [0, 0, 0]]),
      PictureWriter.png(
        width: 2, height: 1, rows: [[255, 0, 0, 0, 0, 0]], chunks: [("tEXt", Array("a\0b".utf8))]),
    ]
    for other in others {
      let verdict = try verdict(red, other, named: "a.png")
      #expect(verdict.kind == .equal, "\(verdict)")
      #expect(verdict.reader == "png")
    }
  }

  @Test("the first pixel that differs is shown")
  func different() throws {
    let other = PictureWriter.png(width: 2, height: 1, rows: [[254, 0, 0, 0, 1, 0]])
    let verdict = try verdict(red, other, named: "a.png")
    #expect(verdict.kind == .different)
    #expect(verdict.detail == "pixel 0,0: #ff0000 became #fe0000")
    #expect(verdict.differences == 2)
    #expect(verdict.largestAbsolute == 1)
    let size = try changed(PictureWriter.png(width: 1, height: 1, rows: [[1, 2, 3]]))
    #expect(size.detail == "a picture of 2 x 1 pixels became one of 1 x 1")
    let alpha = try changed(
      PictureWriter.png(width: 2, height: 1, colour: 6, rows: [[255, 0, 0, 128, 0, 0, 0, 255]]))
    #expect(alpha.detail == "pixel 0,0: #ff0000 became #ff000080")
  }

  private func changed(_ new: [UInt8]) throws -> OutputVerdict {
    try verdict(red, new, named: "a.png")
  }

  @Test(
    "a picture that promises too much is refused before memory is asked for",
    arguments: [(1 << 30, 1 << 30), (60000, 60000), (1 << 31 - 1, 1), (16000, 16000)])
  func bombs(width: Int, height: Int) {
    let bomb = PictureWriter.png(width: width, height: height, rows: [[0]])
    #expect(throws: ParseFailure.self) { try PNGImage(parsing: bomb) }
  }

  @Test("parts that change what is seen are not passed over")
  func parts() {
    for part in ["acTL", "ABCD"] {
      let picture = PictureWriter.png(
        width: 1, height: 1, rows: [[1, 2, 3]], chunks: [(part, [0])])
      #expect(throws: ParseFailure.self) { try PNGImage(parsing: picture) }
    }
  }

  @Test("a picture that is cut off or damaged anywhere is refused or read, never a trap")
  func damaged() throws {
    let whole = PictureWriter.png(
      width: 5, height: 4, depth: 2, colour: 3, interlaced: true,
      rows: [[0], [0], [0], [0], [0], [0], [0], [0, 0], [0, 0]].map { $0 },
      chunks: [("PLTE", [1, 2, 3, 4, 5, 6]), ("tRNS", [7])])
    for end in 0..<whole.count {
      #expect(throws: ParseFailure.self) { try PNGImage(parsing: Array(whole[..<end])) }
    }
    for place in whole.indices {
      var other = whole
      other[place] ^= 0x41
      _ = try? PNGImage(parsing: other)
      let verdict = try contents().compare(whole, other, name: "a.png")
      #expect(verdict.kind == .different || verdict.kind == .equal)
    }
  }
}
