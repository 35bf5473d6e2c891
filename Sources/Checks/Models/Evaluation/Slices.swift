import Compute
import Platform

/// Rows parted by the values of columns.
struct Slices: Sendable {
  struct Slice: Sendable {
    /// `city=Oslo`, `city=Oslo, sex=F`, `age=18..31`.
    var name: String
    var rows: [Int]
  }

  /// In the order of their values.
  private(set) var all: [Slice]

  /// More parts than these are no slices.
  private static let most = 1000
  /// A column of numbers with more different ones is parted at its quartiles.
  private static let mostNumbers = 12

  /// - Parameter rows: those that are parted. Rows without a value are a slice of their own.
  /// - Throws: ``Failure``: a column is not there, or there are too many slices.
  init(_ columns: [String], of table: Table, rows: [Int]) throws {
    var parts = [Slice(name: "", rows: rows)]
    for name in columns {
      guard let column = table[name] else { throw Failure.noColumn(name, in: table) }
      let keys = Self.keys(column, rows)
      parts = parts.flatMap { part -> [Slice] in
        var members: [Int: [Int]] = [:]
        for row in part.rows { members[keys.codes[row] ?? 0, default: []].append(row) }
        return members.keys.sorted().map { code in
          let text = "\(name)=\(keys.names[code])"
          return Slice(
            name: part.name.isEmpty ? text : "\(part.name), \(text)", rows: members[code] ?? [])
        }
      }
      guard parts.count <= Self.most else {
        throw Failure(
          .invalid,
          "`\(name)` parts the rows into more than \(DigitGroups.text(Self.most)) slices",
          hint: "slice by a column of few values")
      }
    }
    all = parts
  }

  /// A code for each of the rows; codes are in the order of values, what is missing last.
  private static func keys(_ column: Column, _ rows: [Int]) -> (codes: [Int: Int], names: [String])
  {
    if case .numbers(let numbers) = column.values, column.kind != .bool,
      let (edges, names) = quartiles(rows.map { numbers[$0] })
    {
      let missing = names.count
      var codes: [Int: Int] = [:]
      for row in rows {
        let value = numbers[row]
        codes[row] = value.isNaN ? missing : edges.firstIndex { value <= $0 } ?? edges.count
      }
      return (codes, names + ["(missing)"])
    }
    var texts: [Int: String] = [:]
    for row in rows { texts[row] = CellText.text(column, row) }
    let names = CellText.sorted(Set(texts.values))
    let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
    var codes: [Int: Int] = [:]
    for row in rows { codes[row] = texts[row].flatMap { places[$0] } ?? names.count }
    return (codes, names + ["(missing)"])
  }

  /// Where four equal parts of many numbers end, and how the parts are called; nil for few.
  private static func quartiles(_ numbers: [Double]) -> (edges: [Double], names: [String])? {
    let known = numbers.filter(\.isFinite)
    guard Set(known).count > mostNumbers else { return nil }
    let sample = OrderedSample(sorting: known)
    var edges: [Double] = []
    for part in 1..<4 {
      let edge = sample.quantile(part, of: 4)
      if edge != edges.last { edges.append(edge) }
    }
    let shown = edges.map { shortNumber($0) }
    var names = ["<= \(shown[0])"]
    for place in shown.indices.dropFirst() { names.append("\(shown[place - 1])..\(shown[place])") }
    names.append("> \(shown[shown.count - 1])")
    return (edges, names)
  }
}

extension Failure {
  /// A column that a table does not have, with the nearest name that it has.
  static func noColumn(_ name: String, in table: Table) -> Failure {
    let names = table.columns.map(\.name)
    return Failure(
      .notFound, "there is no column `\(name)`",
      hint: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
        ?? "the table has: \(names.prefix(20).joined(separator: ", "))")
  }
}
