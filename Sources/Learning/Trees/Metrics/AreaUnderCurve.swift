/// The area under the receiver operating characteristic: the share of pairs of a positive and a
/// negative row that are in the right order, ties counting half.
struct AreaUnderCurve {
  let labels: [Float]
  let weights: [Float]?

  /// 0.5 when there are rows of one class only.
  func value(_ margins: UnsafePointer<Double>) -> Double {
    var order = Array(0..<UInt32(truncatingIfNeeded: labels.count))
    order.sort { margins[Int($0)] < margins[Int($1)] }
    var area = 0.0
    var (positives, negatives) = (0.0, 0.0)
    var place = 0
    while place < order.count {
      let margin = margins[Int(order[place])]
      var (tiedPositives, tiedNegatives) = (0.0, 0.0)
      repeat {
        let row = Int(order[place])
        let weight = Double(weights?[row] ?? 1)
        if labels[row] > 0 { tiedPositives += weight } else { tiedNegatives += weight }
        place += 1
      } while place < order.count && margins[Int(order[place])] == margin
      area += tiedPositives * (negatives + tiedNegatives / 2)
      positives += tiedPositives
      negatives += tiedNegatives
    }
    return positives > 0 && negatives > 0 ? area / (positives * negatives) : 0.5
  }
}
