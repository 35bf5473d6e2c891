extension DecisionTree {
  /// Whether a cell goes to the left child of an inner node.
  package func goesLeft(_ node: Int, _ cell: Double, flavour: TreeFlavour) -> Bool {
    let set = Int(categorySet[node])
    switch flavour {
    case .xgboost:
      let x = Float(cell)
      if set >= 0 {
        if x.isNaN { return defaultLeft[node] }
        // Below 0 is no category, and goes where those go that are not listed.
        return !(x >= 0 && x < 0x1p31 && categorySets[set].contains(Int32(x)))
      }
      return x.isNaN ? defaultLeft[node] : x < Float(threshold[node])
    case .lightgbm:
      if set >= 0 {
        return cell >= 0 && cell < 0x1p31 && categorySets[set].contains(Int32(cell))
      }
      switch missing[node] {
      case .none: return (cell.isNaN ? 0 : cell) <= threshold[node]
      case .zero:
        return cell.isNaN || cell.magnitude <= 1e-35 ? defaultLeft[node] : cell <= threshold[node]
      case .nan: return cell.isNaN ? defaultLeft[node] : cell <= threshold[node]
      }
    }
  }

  /// The leaf that a row falls into; slow, and plain enough to check the quick ways against.
  package func leaf(of cells: (_ feature: Int) -> Double, flavour: TreeFlavour) -> Int {
    var node = 0
    while !isLeaf(node) {
      node = Int(
        goesLeft(node, cells(Int(feature[node])), flavour: flavour) ? left[node] : right[node])
    }
    return node
  }
}
