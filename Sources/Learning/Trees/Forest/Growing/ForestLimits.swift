/// The options as numbers for a table of so many rows and features.
struct ForestLimits {
  let criterion: ForestOptions.Criterion
  let depth: Int
  let splitRows: Int
  let leafRows: Int
  let leafWeightShare: Double
  let features: Int
  let leaves: Int?
  let decrease: Double

  init(_ options: ForestOptions, rows: Int, features: Int) {
    criterion = options.criterion
    depth = options.maximumDepth ?? .max
    leafRows = max(1, options.minimumLeaf.rows(of: rows))
    let (twice, overflow) = leafRows.multipliedReportingOverflow(by: 2)
    splitRows = max(2, options.minimumSplit.rows(of: rows), overflow ? .max : twice)
    leafWeightShare = options.minimumLeafWeight
    self.features = options.features.count(of: features)
    leaves = options.maximumLeaves
    decrease = options.minimumDecrease
  }
}
