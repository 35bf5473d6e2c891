import Compute
import Platform

/// Changes cells of a table by lots that a seed decides.
struct Perturbing {
  let perturbation: InvarianceRule.Perturbation
  let seed: UInt64

  /// - Returns: the table, and how many rows are other than before.
  /// - Throws: ``Failure``: a column is not there, or the change is of another kind of column.
  func changed(_ table: Table, columns: [String]) throws -> (table: Table, isChanged: [Bool]) {
    var result = table
    var isChanged = [Bool](repeating: false, count: table.rowCount)
    for (place, name) in columns.enumerated() {
      guard let column = table[name] else { throw Failure.noColumn(name, in: table) }
      var stream = RandomStream(seed: seed, purpose: "perturbation", index: UInt64(place))
      let own = try changed(column, &stream)
      for row in isChanged.indices where CellText.text(column, row) != CellText.text(own, row) {
        isChanged[row] = true
      }
      result = result.replacing(own)
    }
    return (result, isChanged)
  }

  private func changed(_ column: Column, _ stream: inout RandomStream) throws -> Column {
    switch perturbation {
    case .noise(let size):
      let numbers = try numbers(column)
      let scale = Self.deviation(numbers) * size
      return Column(
        column.name, numbers.map { $0.isNaN ? $0 : $0 + scale * Self.normal(&stream) })
    case .shift(let size):
      let numbers = try numbers(column)
      let step = Self.deviation(numbers) * size
      return Column(column.name, numbers.map { $0 + step })
    case .typo: return try texts(column) { Self.typo($0, &stream) }
    case .flipCase: return try texts(column) { Self.flipped($0) }
    case .swap(let first, let second):
      return try swapped(column, first, second)
    }
  }

  private func numbers(_ column: Column) throws -> [Double] {
    guard case .numbers(let numbers) = column.values else {
      throw Failure(
        .invalid, "column `\(column.name)` holds text, and this is done to numbers",
        hint: "text takes `typo`, `case` and `swap(A, B)`")
    }
    return numbers
  }

  private func texts(_ column: Column, _ change: (String) -> String) throws -> Column {
    guard case .codes(let codes, let categories) = column.values else {
      throw Failure(
        .invalid, "column `\(column.name)` holds numbers, and this is done to text",
        hint: "numbers take `noise(0.01)` and `shift(0.1)`")
    }
    return Column(column.name, codes.map { $0 < 0 ? nil : change(categories[Int($0)]) })
  }

  private func swapped(_ column: Column, _ first: String, _ second: String) throws -> Column {
    let texts = (0..<column.count).map { CellText.text(column, $0) }
    guard texts.contains(first) || texts.contains(second) else {
      let near = Set(texts.compactMap(\.self))
      throw Failure(
        .notFound, "neither `\(first)` nor `\(second)` stands in column `\(column.name)`",
        hint: nearestName(to: first, among: near.sorted()).map { "did you mean `\($0)`?" })
    }
    let swapped = texts.map { $0 == first ? second : $0 == second ? first : $0 }
    guard case .numbers = column.values else { return Column(column.name, swapped) }
    var own = column
    own.values = .numbers(swapped.map { $0.flatMap(PlainValue.number) ?? .nan })
    return own
  }

  /// Two neighbouring letters that differ change places, at a place of all such ones.
  private static func typo(_ text: String, _ stream: inout RandomStream) -> String {
    var letters = Array(text)
    let places = letters.indices.dropLast().filter { letters[$0] != letters[$0 + 1] }
    guard !places.isEmpty else { return text }
    let place = places[stream.integer(below: places.count)]
    letters.swapAt(place, place + 1)
    return String(letters)
  }

  private static func flipped(_ text: String) -> String {
    text.map { $0.isUppercase ? $0.lowercased() : $0.uppercased() }.joined()
  }

  /// Of these very numbers, divided by n; 0 for fewer than two.
  static func deviation(_ numbers: [Double]) -> Double {
    let known = numbers.filter(\.isFinite)
    return known.count > 1 ? Moments(known).deviation(freedomsLost: 0) : 0
  }

  /// A standard normal number, by the polar method (G. Marsaglia, 1964).
  private static func normal(_ stream: inout RandomStream) -> Double {
    while true {
      let (x, y) = (2 * stream.unit() - 1, 2 * stream.unit() - 1)
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let logarithm = Elementary.logarithm(SIMD8(repeating: square))[0]
      return x * (-2 * logarithm / square).squareRoot()
    }
  }
}
