import Formats
import Testing

@testable import Commands

@Suite("A JSON list in pieces") struct JSONListTextTests {
  @Test(
    "is the text of the whole list",
    arguments: [[], [0], [1], [3], [1, 2], [2, 0, 1], [0, 0, 5]])
  func pieces(sizes: [Int]) {
    var list = JSONListText()
    var all: [JSONValue] = []
    var text: [UInt8] = []
    for size in sizes {
      let values = (0..<size).map { index -> JSONValue in
        .object([
          .init("z", .int(Int64(all.count + index))), .init("a", .array([.null, .string("x\ny")])),
        ])
      }
      all += values
      text += list.text(of: values)
    }
    text += list.end
    let whole = JSONValue.array(all).text(.indented, sortingKeys: true) + "\n"
    #expect(String(decoding: text, as: UTF8.self) == whole)
  }
}
