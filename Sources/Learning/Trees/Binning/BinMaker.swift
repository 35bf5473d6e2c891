/// Makes the bins of a feature from a sample of its cells.
struct BinMaker {
  let matrix: FeatureMatrix
  let weights: [Float]?
  let options: BinningOptions
  let sampled: SampledCells

  func bins(of feature: Int, census: FeatureCensus) -> FeatureBins {
    let isCategorical = matrix.features[feature].kind == .categorical
    let hasMissing = census.missing > 0 && options.usesMissing
    guard census.least <= census.largest else {
      // Nothing but missing values: one bin, which no split can use.
      return FeatureBins(thresholds: [], hasMissing: true, missing: rule(hasMissing: true))
    }
    if isCategorical {
      let codes = CategoryBins.choose(
        counts: categoryCounts(feature, largest: Int(census.largest)), options: options,
        hasMissing: hasMissing)
      return FeatureBins(categories: codes, hasMissing: hasMissing)
    }
    let room = options.maximumBins - (hasMissing ? 1 : 0)
    let values = sample(feature)
    let thresholds: [Double]
    switch options.flavour {
    case .xgboost:
      thresholds = QuantileCuts.thresholds(values, maximumBins: room)
    case .lightgbm:
      thresholds = GreedyBounds.thresholds(
        values, maximumBins: room, minimumBinRows: options.minimumBinRows)
    }
    var bins = FeatureBins(
      thresholds: thresholds, hasMissing: hasMissing, missing: rule(hasMissing: hasMissing))
    if options.flavour == .lightgbm, !hasMissing {
      bins.strangerBin = thresholds.firstIndex { 0 <= $0 } ?? thresholds.count - 1
    }
    return bins
  }

  private func rule(hasMissing: Bool) -> MissingRule {
    switch options.flavour {
    case .xgboost: .nan
    case .lightgbm: hasMissing ? (options.zeroIsMissing ? .zero : .nan) : .none
    }
  }

  private func sample(_ feature: Int) -> DistinctValues {
    var values: [Double] = []
    var sampleWeights: [Double] = []
    let count = sampled.rows.count
    values.reserveCapacity(count)
    let cells = sampled.cells(of: feature)
    for k in 0..<count {
      var value = cells[k]
      if options.flavour == .xgboost { value = Double(Float(value)) }
      if value.isNaN || options.zeroIsMissing && value.magnitude <= 1e-35 { continue }
      values.append(value)
      if let weights { sampleWeights.append(Double(weights[sampled.rows[k]])) }
    }
    guard options.flavour == .xgboost, weights != nil else { return DistinctValues(&values) }
    return DistinctValues(values, weights: sampleWeights)
  }

  private func categoryCounts(_ feature: Int, largest: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: largest + 1)
    let block = 4096
    let cells = Memory<Double>(uninitialized: block)
    for start in stride(from: 0, to: matrix.rowCount, by: block) {
      let count = min(block, matrix.rowCount - start)
      matrix.copy(feature: feature, from: start, count: count, to: cells.base)
      for i in 0..<count where cells.base[i] >= 0 { counts[Int(cells.base[i])] += 1 }
    }
    return counts
  }
}
