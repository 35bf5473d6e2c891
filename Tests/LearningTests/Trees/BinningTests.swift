import Compute
import Platform
import Testing

@testable import Learning

@Suite("Bins of trees") struct BinningTests {
  private let pool = WorkerPool(threads: 1)

  @Test("a value's bin says on which side of each threshold it is", arguments: flavours)
  func agreement(flavour: TreeFlavour) throws {
    let set = try TreeSamples.regression(rows: 700, missing: 0.1)
    var options = BinningOptions(flavour: flavour, maximumBins: 20)
    options.sampleRows = 300
    let binned = try BinnedMatrix(set.matrix, options: options, on: pool)
    var wrong = 0
    for (place, feature) in binned.used.enumerated() {
      let bins = binned.bins[feature]
      #expect(bins.binCount <= 20)
      for row in 0..<set.matrix.rowCount {
        let bin = Int(binned.rows.base[row * binned.stride + place])
        #expect(bin == Int(binned.columns.base[place * binned.columnStride + row]))
        let x = set.matrix[row, feature]
        if x.isNaN {
          wrong += bin == bins.missingBin ? 0 : 1
          continue
        }
        for (index, threshold) in bins.thresholds.enumerated() {
          let goesLeft = flavour == .xgboost ? Float(x) < Float(threshold) : x <= threshold
          if goesLeft != (bin <= index) { wrong += 1 }
        }
      }
    }
    #expect(wrong == 0)
  }

  @Test("floats in rows have the bins of doubles in columns", arguments: flavours)
  func storages(flavour: TreeFlavour) throws {
    let set = try TreeSamples.regression(rows: 300, missing: 0.05)
    var cells: [Float] = []
    for row in 0..<300 {
      for feature in 0..<5 { cells.append(Float(set.matrix[row, feature])) }
    }
    let options = BinningOptions(flavour: flavour)
    let byColumn = try BinnedMatrix(set.matrix, options: options, on: pool)
    let byRow = try BinnedMatrix(
      try FeatureMatrix(rows: cells, features: set.matrix.features), options: options, on: pool)
    #expect(byColumn.bins == byRow.bins)
    let count = byColumn.rows.count
    #expect(
      (0..<count).allSatisfy { byColumn.rows.base[$0] == byRow.rows.base[$0] }, "bins differ")
  }

  @Test("each of a few distinct values has its own bin with XGBoost")
  func distinct() throws {
    let matrix = try FeatureMatrix(
      columns: [[3, 1, 2, 2, 1, 3, 5]], features: [ModelFeature(name: "x")])
    let binned = try BinnedMatrix(
      matrix, options: BinningOptions(flavour: .xgboost), on: pool)
    #expect(binned.bins[0].thresholds.dropLast() == [2, 3, 5])
    #expect((0..<7).map { binned.columns.base[$0] } == [2, 0, 1, 1, 0, 2, 3])
  }

  @Test("LightGBM's bounds lie between values, and hold three rows at least")
  func lightGBM() throws {
    let values = [1.0, 1, 1, 2, 2, 2, 3, 4, 4, 4]
    let matrix = try FeatureMatrix(columns: [values], features: [ModelFeature(name: "x")])
    let bins = try BinnedMatrix(
      matrix, options: BinningOptions(flavour: .lightgbm), on: pool
    ).bins[0]
    #expect(
      bins.thresholds == [1e-35, 1.5.nextUp, 2.5.nextUp, GreedyBounds.last])
  }

  @Test("sorting by bits is sorting", arguments: [0, 1, 300, 3000])
  func radix(count: Int) {
    var stream = RandomStream(seed: 7, purpose: "sort")
    var values = (0..<count).map { _ in
      (stream.unit() - 0.5) * (stream.unit() < 0.5 ? 1e-3 : 1e9)
    }
    let expected = values.sorted()
    RadixSort.sort(&values)
    #expect(values == expected)
  }

  @Test("infinite values are refused by name")
  func infinities() throws {
    let matrix = try FeatureMatrix(
      columns: [[1, 2], [0, .infinity]],
      features: [ModelFeature(name: "a"), ModelFeature(name: "b")])
    let failure = #expect(throws: Failure.self) {
      try BinnedMatrix(matrix, options: BinningOptions(flavour: .xgboost), on: pool)
    }
    #expect(failure?.message == "column `b` has an infinite value")
  }
}
