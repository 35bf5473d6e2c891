/// A tree as few bytes.
///
/// Nodes follow each other in preorder, each with a head of one number: 0 is a leaf, any other is
/// 4 · (feature + 1) + 2 · (missing goes left) + (categories). Then come, of numbers, the threshold; of
/// categories, how many go left and the distances between them, the first from -1; of a leaf, what its
/// training rows weigh, then the number that it predicts, or how many classes it has and their labels,
/// each followed by its share unless there is one only. Whole numbers are LEB128, seven bits a byte,
/// thresholds and shares eight bytes, lowest first. A weight is a whole number of at most 2^31, or 0 and
/// eight bytes: rows that are drawn, and not weighed, take one byte a leaf.
///
/// There are no indices of children: no bytes can describe a cycle, or a node that has two parents.
extension ForestTree {
  func packed(classes: Bool) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(nodes.count * 7)
    for node in nodes {
      if node.isLeaf {
        Self.write(0, to: &bytes)
        Self.write(weight: leafWeights[Int(node.right)], to: &bytes)
        writeLeaf(Int(node.right), classes: classes, to: &bytes)
        continue
      }
      let flags = (node.missingLeft ? 2 : 0) + (node.isCategorical ? 1 : 0)
      Self.write(4 * (node.feature + 1) + flags, to: &bytes)
      guard node.isCategorical else {
        Self.write(node.threshold, to: &bytes)
        continue
      }
      let listed = categories(ofSet: node.set)
      Self.write(listed.count, to: &bytes)
      var last: Int32 = -1
      for category in listed {
        Self.write(Int(category - last), to: &bytes)
        last = category
      }
    }
    return bytes
  }

  private func writeLeaf(_ leaf: Int, classes: Bool, to bytes: inout [UInt8]) {
    let entries = entries(ofLeaf: leaf)
    guard classes else {
      for entry in entries { Self.write(leafValues[entry], to: &bytes) }
      return
    }
    Self.write(entries.count, to: &bytes)
    for entry in entries {
      Self.write(Int(leafLabels[entry]), to: &bytes)
      if entries.count > 1 { Self.write(leafValues[entry], to: &bytes) }
    }
  }

  private static func write(weight: Double, to bytes: inout [UInt8]) {
    if weight > 0, weight <= 0x1p31, weight == weight.rounded() {
      write(Int(weight), to: &bytes)
    } else {
      write(0, to: &bytes)
      write(weight, to: &bytes)
    }
  }

  private static func write(_ number: Int, to bytes: inout [UInt8]) {
    var rest = UInt64(number)
    while rest >= 128 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 128)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  private static func write(_ number: Double, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: number.bitPattern >> shift))
    }
  }
}
