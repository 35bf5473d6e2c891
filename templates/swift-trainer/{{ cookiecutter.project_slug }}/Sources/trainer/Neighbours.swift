import RepriseKit

/// Tells the class of a row by the classes of the nearest rows, each feature measured in its own standard deviations.
struct Neighbours {
  private let features: [String]
  private let target: String
  private let rows: [[Double]]
  private let classes: [String]
  private let means: [Double]
  private let deviations: [Double]

  /// - Throws: for columns that are missing or hold text where numbers are needed.
  init(_ table: DataTable, features: [String], target: String) throws {
    self.features = features
    self.target = target
    let columns = try features.map { try table.numbers($0) }
    means = columns.map { column in
      let known = column.filter { !$0.isNaN }
      return known.reduce(0, +) / Double(max(1, known.count))
    }
    deviations = zip(columns, means).map { column, mean in
      let known = column.filter { !$0.isNaN }
      let squares = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let deviation = (squares / Double(max(1, known.count))).squareRoot()
      return deviation > 0 ? deviation : 1
    }
    rows = Self.scaled(columns, means, deviations)
    classes = try Self.labels(table, target)
  }

  /// The share of rows whose class is told rightly.
  func accuracy(on table: DataTable, k: Int) throws -> Double {
    let columns = try features.map { try table.numbers($0) }
    let truth = try Self.labels(table, target)
    let told = Self.scaled(columns, means, deviations).map { vote($0, k: k) }
    let right = zip(told, truth).count { $0 == $1 }
    return Double(right) / Double(max(1, truth.count))
  }

  /// The class that most of the `k` nearest have; the first by name on a tie, so that it is always the same.
  private func vote(_ row: [Double], k: Int) -> String {
    let distances = rows.map { other in
      zip(row, other).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    let nearest = distances.indices.sorted { a, b in
      distances[a] != distances[b] ? distances[a] < distances[b] : a < b
    }.prefix(k)
    var votes: [String: Int] = [:]
    for index in nearest { votes[classes[index], default: 0] += 1 }
    return votes.min { a, b in a.value != b.value ? a.value > b.value : a.key < b.key }?.key ?? ""
  }

  /// Rows in standard deviations from the mean; what is missing is at the mean.
  private static func scaled(
    _ columns: [[Double]], _ means: [Double], _ deviations: [Double]
  ) -> [[Double]] {
    (0..<(columns.first?.count ?? 0)).map { row in
      columns.indices.map { j in
        let value = columns[j][row]
        return value.isNaN ? 0 : (value - means[j]) / deviations[j]
      }
    }
  }

  private static func labels(_ table: DataTable, _ target: String) throws -> [String] {
    guard case .texts(let texts)? = table[target] else {
      throw NoClasses(column: target)
    }
    return texts.map { $0 ?? "" }
  }

  struct NoClasses: Error, CustomStringConvertible {
    let column: String
    var description: String { "the table has no column of classes named `\(column)`" }
  }
}
