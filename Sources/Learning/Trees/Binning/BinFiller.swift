import Compute

/// Looks up the bins of all cells, block of rows by block of rows.
struct BinFiller {
  let matrix: FeatureMatrix
  let bins: [FeatureBins]
  let used: [Int]
  let options: BinningOptions

  /// Rows of a block: their cells stay in the second cache while each feature takes its turn.
  private static let blockRows = 2048

  func fill(_ binned: BinnedMatrix, withColumns: Bool, on pool: WorkerPool) {
    let blockRows = Self.blockRows
    let rowCount = binned.rowCount
    let stride = binned.stride
    // XGBoost reads floats, and so does whoever compares floats with bounds rounded down.
    let inFloat = options.flavour == .xgboost || matrix.isFloat
    let floats = used.map { inFloat ? BinLookup.Table(floatKeys($0)) : BinLookup.Table([]) }
    let doubles = used.map {
      inFloat ? BinLookup.Table<Double>([]) : BinLookup.Table(doubleKeys($0))
    }
    let codes = used.map { categoryTable($0) }
    pool.parallelFor(blocks: (rowCount + blockRows - 1) / blockRows) { block in
      let start = block * blockRows
      let count = min(blockRows, rowCount - start)
      let floatCells = Memory<Float>(uninitialized: blockRows)
      let doubleCells = Memory<Double>(uninitialized: blockRows)
      let found = Memory<UInt8>(uninitialized: blockRows)
      let rows = binned.rows.base + start * stride
      for place in used.count..<stride {
        for i in 0..<count { rows[i * stride + place] = 0 }
      }
      for (place, feature) in used.enumerated() {
        let missingBin = UInt8(bins[feature].missingBin ?? bins[feature].strangerBin)
        if bins[feature].isCategorical {
          matrix.copy(feature: feature, from: start, count: count, to: doubleCells.base)
          Self.findCategories(
            doubleCells.base, count, codes[place], missingBin, bins[feature], found.base)
        } else if inFloat {
          matrix.copy(feature: feature, from: start, count: count, to: floatCells.base)
          if options.zeroIsMissing {
            for i in 0..<count where floatCells.base[i].magnitude <= 1e-35 {
              floatCells.base[i] = .nan
            }
          }
          BinLookup.find(
            floatCells.base, count: count, in: floats[place], missingBin: missingBin,
            to: found.base)
        } else {
          matrix.copy(feature: feature, from: start, count: count, to: doubleCells.base)
          if options.zeroIsMissing {
            for i in 0..<count where doubleCells.base[i].magnitude <= 1e-35 {
              doubleCells.base[i] = .nan
            }
          }
          BinLookup.find(
            doubleCells.base, count: count, in: doubles[place], missingBin: missingBin,
            to: found.base)
        }
        if withColumns {
          (binned.columns.base + place * binned.columnStride + start)
            .update(from: found.base, count: count)
        }
        var cell = rows + place
        for i in 0..<count {
          cell.pointee = found.base[i]
          cell += stride
        }
      }
    }
  }

  /// Keys for "how many are less": x < cut of XGBoost is x <= the float before the cut.
  private func floatKeys(_ feature: Int) -> [Float] {
    bins[feature].thresholds.dropLast().map { threshold in
      let rounded = Float(threshold)
      if options.flavour == .xgboost { return rounded.nextDown }
      return Double(rounded) > threshold ? rounded.nextDown : rounded
    }
  }

  private func doubleKeys(_ feature: Int) -> [Double] { Array(bins[feature].thresholds.dropLast()) }

  /// The bin of each code; -1 where there is none.
  private func categoryTable(_ feature: Int) -> [Int16] {
    let categories = bins[feature].categories
    guard let largest = categories.max(), largest >= 0 else { return [] }
    var table = [Int16](repeating: -1, count: Int(largest) + 1)
    for (bin, category) in categories.enumerated() where category >= 0 {
      table[Int(category)] = Int16(bin)
    }
    return table
  }

  private static func findCategories(
    _ cells: UnsafePointer<Double>, _ count: Int, _ table: [Int16], _ missingBin: UInt8,
    _ bins: FeatureBins, _ found: UnsafeMutablePointer<UInt8>
  ) {
    // Categories that training did not see go with "all others", or else with the missing ones.
    let other = bins.categories.first == -1 ? 0 : missingBin
    for i in 0..<count {
      let x = cells[i]
      if x.isNaN || x < 0 {
        found[i] = missingBin
      } else if x < Double(table.count), table[Int(x)] >= 0 {
        found[i] = UInt8(truncatingIfNeeded: table[Int(x)])
      } else {
        found[i] = other
      }
    }
  }
}
