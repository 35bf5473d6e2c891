import Compute
import Platform

/// Turns tables into matrices, column for column as it was fitted.
package struct FeatureEncoder: Sendable, Hashable {
  package var features: [Feature]

  package init(_ features: [Feature]) { self.features = features }

  /// Columns of the matrices that it makes.
  package var width: Int { features.reduce(0) { $0 + $1.width } }
  package var columnNames: [String] { features.flatMap(\.columnNames) }

  /// Columns whose cells must be read as they are spelled.
  package var textColumns: Set<String> {
    Set(
      features.compactMap { feature in
        if case .oneHot = feature.encoding { feature.name } else { nil }
      })
  }

  /// A table as a matrix.
  package struct Encoded: Sendable {
    package var matrix: PanelMatrix
    /// For each column that had some: cells with a category that was not there in training.
    package var unknown: [(column: String, count: Int)]

    /// What a person should know of the table, each as one sentence.
    var notes: [String] {
      unknown.map { column, count in
        "column `\(column)` has \(counted(count, "cell")) with a category that was not there in training"
      }
    }
  }

  /// Encodes some rows of a table; all of them when `rows` is nil.
  ///
  /// Columns are found by name; their order and further columns do not matter.
  ///
  /// - Throws: ``Failure`` with every column that is missing, or that holds text where numbers were
  ///   learnt.
  package func encode(_ table: Table, rows: [Int]? = nil) throws -> Encoded {
    let columns = try find(in: table)
    let count = rows?.count ?? table.rowCount
    let (cells, overflow) = ((count + 7) / 8).multipliedReportingOverflow(by: width * 64)
    guard !overflow, cells <= 1 << 34 else {
      throw Failure(
        .invalid, "\(count) rows of \(width) columns, categories spread out, do not fit the memory",
        hint: "leave columns with many categories out with `drop`")
    }
    var result = Encoded(matrix: PanelMatrix(rows: count, columns: width), unknown: [])
    var position = 0
    for (feature, column) in zip(features, columns) {
      switch feature.encoding {
      case .standardized(let mean, let scale):
        guard let numbers = column.numbers else { break }
        let values = (0..<count).map { index in
          let value = numbers[rows?[index] ?? index]
          return value.isNaN ? 0 : (value - mean) / scale
        }
        result.matrix.setColumn(position, to: values)
      case .oneHot(let categories, let missing):
        let texts = CategoryCodes(column)
        let places = texts.places(categories, missing: missing)
        var unknown = 0
        for index in 0..<count {
          let place = places[Int(texts.codes[rows?[index] ?? index]) + 1]
          if place < 0 { unknown += 1 } else { result.matrix[index, position + place] = 1 }
        }
        if unknown > 0 { result.unknown.append((feature.name, unknown)) }
      }
      position += feature.width
    }
    return result
  }

  private func find(in table: Table) throws -> [Column] {
    var problems: [Failure] = []
    var columns: [Column] = []
    for feature in features {
      guard let column = table[feature.name] else {
        problems.append(.missingColumn(feature.name, in: table))
        continue
      }
      if case .standardized = feature.encoding {
        problems += numberProblem(column, table).map { [$0] } ?? []
      }
      columns.append(column)
    }
    guard let first = problems.first else { return columns }
    if problems.count == 1 { throw first }
    throw Failure(
      first.code, "\(problems.count) columns of the table do not fit the model",
      at: table.location(), details: problems)
  }

  private func numberProblem(_ column: Column, _ table: Table) -> Failure? {
    if let numbers = column.numbers {
      guard let row = numbers.firstIndex(where: \.isInfinite) else { return nil }
      return Failure(
        .invalid, "column `\(column.name)` holds an infinite number", at: table.location(row: row))
    }
    guard case .codes(let codes, let categories) = column.values,
      let row = column.census?.firstText ?? codes.firstIndex(where: { $0 >= 0 })
    else { return nil }
    return Failure(
      .invalid,
      "column `\(column.name)` must hold numbers, but `\(categories[Int(codes[row])])` is none",
      at: table.location(row: row))
  }
}
