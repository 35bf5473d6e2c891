/// Reads what ``ForestTree/packed(classes:)`` writes, believing nothing.
struct ForestTreeReader {
  private let bytes: [UInt8]
  private let features: [ModelFeature]
  private let classCount: Int
  private var place = 0

  /// What is wrong with a tree, as a sentence goes on.
  struct Problem: Error {
    var message: String
  }

  /// - Parameter classCount: 0 for numbers.
  init(_ bytes: [UInt8], features: [ModelFeature], classCount: Int) {
    self.bytes = bytes
    self.features = features
    self.classCount = classCount
  }

  mutating func tree() throws(Problem) -> ForestTree {
    guard bytes.count < 1 << 30 else { throw Problem(message: "is too large") }
    var tree = ForestTree()
    // Parents whose right child is still to come; -1 for the left child of one, which is next.
    var waiting = [-1]
    var weight = 0.0
    while let parent = waiting.popLast() {
      let index = tree.nodes.count
      if parent >= 0 { tree.nodes[parent].right = Int32(truncatingIfNeeded: index) }
      let head = try whole()
      guard head > 0 else {
        let own = try self.weight()
        weight += own
        guard weight.isFinite else { throw Problem(message: "weighs more than can be added up") }
        let leaf = tree.addLeaf(try shares(), weight: own, classes: classCount > 0)
        tree.nodes.append(.leaf(leaf))
        continue
      }
      tree.nodes.append(try split(head, &tree))
      waiting.append(index)
      waiting.append(-1)
    }
    guard place == bytes.count else { throw Problem(message: "goes on after its last leaf") }
    return tree
  }

  private mutating func split(_ head: Int, _ tree: inout ForestTree) throws(Problem)
    -> ForestTree.Node
  {
    guard head >= 4, head / 4 - 1 < features.count else {
      throw Problem(message: "asks for a feature that there is not")
    }
    let feature = head / 4 - 1
    let missingLeft = head & 2 != 0
    let isCategorical = head & 1 != 0
    guard isCategorical == (features[feature].kind == .categorical) else {
      throw Problem(message: "takes numbers for categories, or categories for numbers")
    }
    guard isCategorical else {
      let threshold = try number()
      guard !threshold.isNaN, threshold != -.infinity else {
        throw Problem(message: "compares with no number")
      }
      return .numeric(feature: feature, threshold: threshold, missingLeft: missingLeft)
    }
    let count = try whole()
    guard count <= bytes.count - place else { throw Self.end }
    var listed: [Int32] = []
    var last = -1
    for _ in 0..<count {
      let step = try whole()
      guard step > 0, step <= RankedMatrix.mostRanks - last else {
        throw Problem(message: "lists a category that there is not")
      }
      last += step
      listed.append(Int32(truncatingIfNeeded: last))
    }
    return .categorical(feature: feature, set: tree.addSet(listed), missingLeft: missingLeft)
  }

  private mutating func weight() throws(Problem) -> Double {
    let count = try whole()
    let weight = count > 0 ? Double(count) : try number()
    guard weight > 0, weight.isFinite else { throw Problem(message: "has a leaf without rows") }
    return weight
  }

  private mutating func shares() throws(Problem) -> [(label: Int32, value: Double)] {
    guard classCount > 0 else {
      let value = try number()
      guard value.isFinite else { throw Problem(message: "predicts no finite number") }
      return [(0, value)]
    }
    let count = try whole()
    guard count > 0, count <= classCount else {
      throw Problem(message: "has a leaf without classes")
    }
    var shares: [(label: Int32, value: Double)] = []
    var (last, sum) = (-1, 0.0)
    for _ in 0..<count {
      let label = try whole()
      guard label > last, label < classCount else {
        throw Problem(message: "predicts a class that there is not")
      }
      last = label
      let share = count > 1 ? try number() : 1
      guard share > 0, share <= 1 else { throw Problem(message: "has a share that is none") }
      sum += share
      shares.append((Int32(truncatingIfNeeded: label), share))
    }
    guard abs(sum - 1) < 1e-6 else { throw Problem(message: "has shares that are no whole") }
    return shares
  }

  // MARK: Numbers

  private static let end = Problem(message: "ends too early")

  /// At most 2^31.
  private mutating func whole() throws(Problem) -> Int {
    var value = 0
    for shift in stride(from: 0, to: 35, by: 7) {
      guard place < bytes.count else { throw Self.end }
      let byte = bytes[place]
      place += 1
      value |= Int(byte & 127) << shift
      if byte < 128 {
        guard value <= 1 << 31 else { break }
        return value
      }
    }
    throw Problem(message: "has a number that is too large")
  }

  private mutating func number() throws(Problem) -> Double {
    guard bytes.count - place >= 8 else { throw Self.end }
    var bits: UInt64 = 0
    for k in 0..<8 { bits |= UInt64(bytes[place + k]) << UInt64(8 * k) }
    place += 8
    return Double(bitPattern: bits)
  }
}
