/// The hot loops of prediction: rows walk down a tree.
///
/// Cells are doubles, row after row. Eight rows walk at once, so that the processor has eight loads
/// to wait for instead of one.
struct TreeWalk {
  let nodes: UnsafePointer<CompiledTrees.Node>
  let values: UnsafePointer<Double>
  let specials: UnsafePointer<CompiledTrees.Special>
  let bits: UnsafePointer<UInt64>

  init(_ trees: CompiledTrees) {
    nodes = UnsafePointer(trees.nodes.base)
    values = UnsafePointer(trees.values.base)
    specials = UnsafePointer(trees.specials.base)
    bits = UnsafePointer(trees.bits.base)
  }

  /// Adds the leaves of `count` rows to every `step`-th sum.
  @inline(__always)
  func add(
    root: Int, isSpecial: Bool, hasMissing: Bool, cells: UnsafePointer<Double>, width: Int,
    count: Int, sums: UnsafeMutablePointer<Double>, step: Int
  ) {
    var row = 0
    if !isSpecial {
      while row &+ 8 <= count {
        let first = cells + row &* width
        if hasMissing {
          addEight(root, first, width, sums + row &* step, step) { nextWithMissing($0, $1) }
        } else {
          addEight(root, first, width, sums + row &* step, step) { next($0, $1) }
        }
        row &+= 8
      }
    }
    while row < count {
      let leaf = leaf(from: root, isSpecial: isSpecial, cells + row &* width)
      sums[row &* step] += values[leaf]
      row &+= 1
    }
  }

  @inline(__always)
  private func addEight(
    _ root: Int, _ cells: UnsafePointer<Double>, _ width: Int,
    _ sums: UnsafeMutablePointer<Double>, _ step: Int,
    _ next: (Int, UnsafePointer<Double>) -> Int
  ) {
    var (a, b, c, d, e, f, g, h) = (root, root, root, root, root, root, root, root)
    let (c1, c2, c3) = (cells + width, cells + 2 &* width, cells + 3 &* width)
    let c4 = cells + 4 &* width
    let (c5, c6, c7) = (c4 + width, c4 + 2 &* width, c4 + 3 &* width)
    while true {
      let (a1, b1, c0, d1) = (next(a, cells), next(b, c1), next(c, c2), next(d, c3))
      let (e1, f1, g1, h1) = (next(e, c4), next(f, c5), next(g, c6), next(h, c7))
      let moved =
        (a1 ^ a) | (b1 ^ b) | (c0 ^ c) | (d1 ^ d) | (e1 ^ e) | (f1 ^ f) | (g1 ^ g) | (h1 ^ h)
      if moved == 0 { break }
      (a, b, c, d, e, f, g, h) = (a1, b1, c0, d1, e1, f1, g1, h1)
    }
    sums[0] += values[a]
    sums[step] += values[b]
    sums[2 &* step] += values[c]
    sums[3 &* step] += values[d]
    sums[4 &* step] += values[e]
    sums[5 &* step] += values[f]
    sums[6 &* step] += values[g]
    sums[7 &* step] += values[h]
  }

  /// For cells without NaN.
  @inline(__always)
  private func next(_ place: Int, _ cells: UnsafePointer<Double>) -> Int {
    let node = nodes[place]
    let goesRight = cells[Int(node.feature)] > node.threshold ? 1 : 0
    return Int(node.link &>> 1) &+ goesRight
  }

  @inline(__always)
  private func nextWithMissing(_ place: Int, _ cells: UnsafePointer<Double>) -> Int {
    let node = nodes[place]
    let x = cells[Int(node.feature)]
    let goesRight = x > node.threshold ? 1 : 0
    let missingRight = x == x ? goesRight : Int(node.link & 1)
    return Int(node.link &>> 1) &+ missingRight
  }

  /// The leaf of one row, whatever the nodes are.
  func leaf(from root: Int, isSpecial: Bool, _ cells: UnsafePointer<Double>) -> Int {
    var place = root
    while true {
      let next = isSpecial ? nextSpecial(place, cells) : nextWithMissing(place, cells)
      if next == place { return place }
      place = next
    }
  }

  private func nextSpecial(_ place: Int, _ cells: UnsafePointer<Double>) -> Int {
    let special = specials[place]
    let node = nodes[place]
    let x = cells[Int(node.feature)]
    let left = Int(node.link &>> 1)
    let missing = left + Int(node.link & 1)
    if special.isCategorical {
      guard x == x else { return missing }
      let isListed: Bool
      if x >= 0, x < Double(special.words) * 64 {
        let code = Int(x)
        isListed = (bits[Int(special.start) + code >> 6] >> UInt64(code & 63)) & 1 != 0
      } else {
        isListed = false
      }
      return isListed == special.listedLeft ? left : left + 1
    }
    if special.zeroIsMissing, x.magnitude <= 1e-35 { return missing }
    return nextWithMissing(place, cells)
  }
}
