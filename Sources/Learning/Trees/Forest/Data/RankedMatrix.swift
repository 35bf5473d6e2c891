import Compute
import Platform

/// Cells as ranks of two bytes, column after column.
///
/// Forests are grown until their leaves are pure, so that most nodes are small and lie close
/// together: with 256 bins to a feature their values could not be told apart any more. Ranks keep
/// every value, up to 65,535 of them, and still take half the memory of scikit-learn's floats.
final class RankedMatrix {
  /// The rank of a missing value.
  static let missing = UInt16.max
  /// Most ranks of a feature.
  static let mostRanks = 65_535

  let rowCount: Int
  let features: [RankedFeature]
  /// Of each feature, for the loops: whether it is of categories, and whether some cell is missing.
  let isCategorical: [Bool]
  let hasMissing: [Bool]
  /// A column for each feature, `columnStride` ranks apart.
  let columns: Memory<UInt16>
  let columnStride: Int

  /// - Throws: ``Failure`` for infinite values, impossible categories, and sizes beyond memory.
  init(_ matrix: FeatureMatrix, on pool: WorkerPool) throws {
    guard matrix.rowCount > 0 else { throw Failure(.invalid, "there are no rows to learn from") }
    guard matrix.rowCount < Int(Int32.max) else {
      throw Failure(.unsupported, "more than 2,147,483,646 rows")
    }
    let census = FeatureCensus.take(matrix, options: BinningOptions(flavour: .xgboost), on: pool)
    for (feature, found) in zip(matrix.features, census) {
      try found.check(feature)
      if feature.kind == .categorical,
        max(found.largest + 1, Double(feature.categories.count))
          > Double(Self.mostRanks)
      {
        throw Failure(
          .unsupported, "column `\(feature.name)` has more than \(Self.mostRanks) categories",
          hint: "leave it out with `drop: \(feature.name)`")
      }
    }
    rowCount = matrix.rowCount
    let columnStride = (rowCount + 31) / 32 * 32
    self.columnStride = columnStride
    let (size, overflow) = columnStride.multipliedReportingOverflow(by: matrix.featureCount)
    guard !overflow, size < 1 << 41 else {
      throw Failure(
        .unsupported, "\(rowCount) rows of \(matrix.featureCount) features do not fit the memory")
    }
    let columns = Memory<UInt16>(uninitialized: size)
    self.columns = columns
    features = pool.map(matrix.featureCount) { feature in
      Self.rank(
        matrix, feature, census[feature], to: columns.base + feature * columnStride)
    }
    isCategorical = features.map(\.isCategorical)
    hasMissing = features.map(\.hasMissing)
  }

  private static func rank(
    _ matrix: FeatureMatrix, _ feature: Int, _ census: FeatureCensus,
    to ranks: UnsafeMutablePointer<UInt16>
  ) -> RankedFeature {
    let count = matrix.rowCount
    let cells = Memory<Double>(uninitialized: count)
    matrix.copy(feature: feature, from: 0, count: count, to: cells.base)
    if matrix.features[feature].kind == .categorical {
      for i in 0..<count {
        let x = cells.base[i]
        ranks[i] = x >= 0 ? UInt16(x) : missing
      }
      return RankedFeature(
        categoryCount: max(
          matrix.features[feature].categories.count, Int(max(-1, census.largest)) + 1),
        hasMissing: census.missing > 0)
    }
    var sorted = UnsafeBufferPointer(start: cells.base, count: count).filter { !$0.isNaN }
    RadixSort.sort(&sorted)
    let ranked = RankedFeature(ranking: sorted, hasMissing: census.missing > 0)
    for i in 0..<count {
      let x = cells.base[i]
      ranks[i] = x.isNaN ? missing : ranked.rank(of: x)
    }
    return ranked
  }
}
