import Platform

/// The cells that trees are grown from and predict: a number in each row of each feature.
///
/// NaN is a missing value. A cell of a categorical feature is the code of its category: a whole
/// number from 0 up; negative codes count as missing in training, and as no category in predictions.
package struct FeatureMatrix: Sendable {
  package let rowCount: Int
  package var features: [ModelFeature]
  package let storage: Storage

  package enum Storage: Sendable {
    /// Row after row, `rowCount * features.count` of them.
    case rows([Float])
    /// A column for each feature.
    case columns([[Double]])
  }

  /// - Throws: ``Failure`` when the cells do not fill whole rows.
  package init(rows cells: [Float], features: [ModelFeature]) throws {
    guard !features.isEmpty, cells.count % features.count == 0 else {
      throw Failure(
        .invalid, "\(cells.count) cells do not fill rows of \(features.count) features")
    }
    rowCount = cells.count / features.count
    self.features = features
    storage = .rows(cells)
  }

  /// - Throws: ``Failure`` when columns have differing lengths or there is not one for each feature.
  package init(columns: [[Double]], features: [ModelFeature]) throws {
    guard !features.isEmpty, columns.count == features.count else {
      throw Failure(.invalid, "\(columns.count) columns for \(features.count) features")
    }
    rowCount = columns[0].count
    if let odd = columns.firstIndex(where: { $0.count != columns[0].count }) {
      throw Failure(
        .invalid,
        "column `\(features[odd].name)` has \(columns[odd].count) rows, the first one \(rowCount)")
    }
    self.features = features
    storage = .columns(columns)
  }

  private init(features: [ModelFeature]) {
    rowCount = 0
    self.features = features
    storage = .rows([])
  }

  package var featureCount: Int { features.count }

  /// The same features without a row.
  var withoutRows: FeatureMatrix { FeatureMatrix(features: features) }

  /// One cell; slow.
  package subscript(row: Int, feature: Int) -> Double {
    switch storage {
    case .rows(let cells): Double(cells[row * features.count + feature])
    case .columns(let columns): columns[feature][row]
    }
  }

  /// Copies a feature's cells of rows `start..<start + count`.
  func copy(
    feature: Int, from start: Int, count: Int, to place: UnsafeMutablePointer<Double>
  ) {
    switch storage {
    case .rows(let cells):
      let width = features.count
      cells.withUnsafeBufferPointer { cells in
        guard let base = cells.baseAddress else { return }
        var cell = base + (start * width + feature)
        for i in 0..<count {
          place[i] = Double(cell.pointee)
          cell += width
        }
      }
    case .columns(let columns):
      columns[feature].withUnsafeBufferPointer { column in
        guard let base = column.baseAddress else { return }
        place.update(from: base + start, count: count)
      }
    }
  }

  /// The same, rounded to `Float`, as XGBoost reads everything.
  func copy(feature: Int, from start: Int, count: Int, to place: UnsafeMutablePointer<Float>) {
    switch storage {
    case .rows(let cells):
      let width = features.count
      cells.withUnsafeBufferPointer { cells in
        guard let base = cells.baseAddress else { return }
        var cell = base + (start * width + feature)
        for i in 0..<count {
          place[i] = cell.pointee
          cell += width
        }
      }
    case .columns(let columns):
      columns[feature].withUnsafeBufferPointer { column in
        guard let base = column.baseAddress else { return }
        for i in 0..<count { place[i] = Float(base[start + i]) }
      }
    }
  }

  var isFloat: Bool {
    if case .rows = storage { return true }
    return false
  }
}
