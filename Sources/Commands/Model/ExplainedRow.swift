import Compute
import Formats
import Learning
import Platform

/// One row's shares of one margin.
struct ExplainedRow {
  private let title: String
  private let row: Int
  private let output: String?
  private let shares: [WaterfallPicture.Share]
  private let bias: Double

  /// - Parameters:
  ///   - row: counted from 1.
  ///   - output: the place of the class.
  init(_ explanation: TableExplanation, _ table: Table, row: Int, output: Int, target: String) {
    self.row = row
    self.output = explanation.outputs.isEmpty ? nil : explanation.outputs[output]
    title = "Row \(row): \(self.output.map { "\(target) is \($0)" } ?? target)"
    let values = explanation.shares(row: row - 1, output: output)
    bias = values.last ?? 0
    shares = zip(explanation.features, values).enumerated().map { index, pair in
      // Models without names take the columns as they stand.
      let column = table[pair.0] ?? (index < table.columns.count ? table.columns[index] : nil)
      return WaterfallPicture.Share(
        name: pair.0, cell: column.map { Self.cell($0, row - 1) } ?? "", value: pair.1)
    }
  }

  private static func cell(_ column: Column, _ row: Int) -> String {
    if column.isMissing(row) { return "missing" }
    switch column.values {
    case .numbers(let numbers): return shortNumber(numbers[row])
    case .codes(let codes, let categories): return categories[Int(codes[row])]
    }
  }

  var svg: String { WaterfallPicture(title: title, bias: bias, shares: shares).svg }

  func text(for console: Console) -> String {
    let order = shares.indices.sorted {
      let (a, b) = (shares[$0].value.magnitude, shares[$1].value.magnitude)
      return a == b ? $0 < $1 : a > b
    }
    var bars = BarTable(value: "SHARE", details: ["VALUE"])
    for index in order { bars.add(shares[index].name, shares[index].value, [shares[index].cell]) }
    let margin = shares.reduce(bias) { $0 + $1.value }
    return console.styled(singleLine(title), .bold)
      + "\nmean margin \(shortNumber(bias)), this row \(shortNumber(margin))\n\n"
      + bars.text(for: console)
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("row", .int(Int64(row))), .init("bias", .double(bias)),
      .init("shares", .object(shares.map { .init($0.name, .double($0.value)) })),
    ]
    if let output { members.append(.init("class", .string(output))) }
    return .object(members)
  }
}
