/// A tree of a forest, its nodes in preorder: the left child of node i is node i + 1.
package struct ForestTree: Sendable, Hashable {
  /// The root first. A node's subtree is a stretch of nodes, so that there can be no cycles.
  package internal(set) var nodes: [Node] = []
  /// Leaf l has the entries `leafStarts[l]..<leafStarts[l + 1]` of the next two.
  package internal(set) var leafStarts: [Int32] = [0]
  /// The class of each entry; 0 throughout when numbers are predicted.
  package internal(set) var leafLabels: [Int32] = []
  /// The share of the class among the leaf's weight, or the leaf's mean.
  package internal(set) var leafValues: [Double] = []
  /// What the training rows that came to each leaf weigh: how often they were drawn, or the sum of
  /// their weights.
  package internal(set) var leafWeights: [Double] = []
  /// Set s lists the categories `categories[setStarts[s]..<setStarts[s + 1]]`, ascending.
  package internal(set) var setStarts: [Int32] = [0]
  package internal(set) var categories: [Int32] = []

  /// One node, in 16 bytes.
  package struct Node: Sendable, Hashable, BitwiseCopyable {
    /// A cell goes left when it is `<= threshold`; of categories, the number of the set.
    package internal(set) var threshold: Double
    /// The feature, and above it two bits: missing values go left; categories. All ones: a leaf.
    private var code: UInt32
    /// The right child; of a leaf, its number.
    package internal(set) var right: Int32

    private static let missingBit: UInt32 = 1 << 30
    private static let categoryBit: UInt32 = 1 << 31
    /// Features that can be told apart.
    static let mostFeatures = 1 << 29

    static func leaf(_ number: Int) -> Node {
      Node(threshold: 0, code: .max, right: Int32(truncatingIfNeeded: number))
    }

    /// The right child is to be filled in.
    static func numeric(feature: Int, threshold: Double, missingLeft: Bool) -> Node {
      Node(
        threshold: threshold,
        code: UInt32(truncatingIfNeeded: feature) | (missingLeft ? missingBit : 0), right: 0)
    }

    static func categorical(feature: Int, set: Int, missingLeft: Bool) -> Node {
      Node(
        threshold: Double(set),
        code: UInt32(truncatingIfNeeded: feature) | (missingLeft ? missingBit : 0) | categoryBit,
        right: 0)
    }

    package var isLeaf: Bool { code == .max }
    package var feature: Int { Int(code & (Self.missingBit - 1)) }
    package var missingLeft: Bool { code & Self.missingBit != 0 }
    package var isCategorical: Bool { code & Self.categoryBit != 0 }
    /// The set of categories that go left; of categorical nodes.
    package var set: Int { Int(threshold) }
  }

  init() {}

  mutating func addLeaf(
    _ shares: [(label: Int32, value: Double)], weight: Double, classes: Bool
  ) -> Int {
    for share in shares {
      leafLabels.append(classes ? share.label : 0)
      leafValues.append(share.value)
    }
    leafStarts.append(Int32(truncatingIfNeeded: leafValues.count))
    leafWeights.append(weight)
    return leafStarts.count - 2
  }

  mutating func addSet(_ listed: [Int32]) -> Int {
    categories += listed
    setStarts.append(Int32(truncatingIfNeeded: categories.count))
    return setStarts.count - 2
  }

  package var leafCount: Int { leafStarts.count - 1 }

  /// The edges from the root to the deepest leaf.
  package var depth: Int {
    var depths = [Int](repeating: 0, count: nodes.count)
    // Children stand behind their parent.
    for (index, node) in nodes.enumerated() where !node.isLeaf {
      depths[index + 1] = depths[index] + 1
      depths[Int(node.right)] = depths[index] + 1
    }
    return depths.max() ?? 0
  }

  /// The classes and shares of a leaf, or one entry with its mean.
  package func entries(ofLeaf leaf: Int) -> Range<Int> {
    Int(leafStarts[leaf])..<Int(leafStarts[leaf + 1])
  }

  /// The categories that a set lists, ascending.
  package func categories(ofSet set: Int) -> ArraySlice<Int32> {
    categories[Int(setStarts[set])..<Int(setStarts[set + 1])]
  }
}
