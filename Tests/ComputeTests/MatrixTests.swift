import Compute
import Testing

@Suite("Matrices") struct MatrixTests {
  @Test("one buffer, row after row") func layout() throws {
    var matrix = try #require(Matrix(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6]))
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    matrix[0, 2] = 9
    #expect(matrix.elements == [1, 2, 9, 4, 5, 6])
  }

  @Test(
    "elements that do not fill the shape are refused",
    arguments: [(2, 3, 5), (-1, -5, 5), (Int.max, 2, 4), (0, 3, 1)])
  func refuses(rows: Int, columns: Int, count: Int) {
    #expect(
      Matrix(rows: rows, columns: columns, elements: Array(repeating: 0, count: count)) == nil)
  }

  @Test("panels hold what is put in, and zeros", arguments: [0, 1, 7, 8, 9, 17])
  func panels(rows: Int) {
    var panels = PanelMatrix(rows: rows, columns: 2)
    #expect(panels.panelCount == (rows + 7) / 8)
    for row in 0..<rows { panels[row, 1] = Double(row + 1) }
    #expect((0..<rows).allSatisfy { panels[$0, 0] == 0 && panels[$0, 1] == Double($0 + 1) })
    panels.setColumn(0, to: (0..<rows).map { Double(-$0) })
    #expect((0..<rows).allSatisfy { panels[$0, 0] == Double(-$0) })
    panels.setColumn(0, to: Array(repeating: 0, count: rows))
    #expect(panels.vectors.reduce(0) { $0 + $1.sum() } == Double(rows * (rows + 1) / 2))
  }
}
