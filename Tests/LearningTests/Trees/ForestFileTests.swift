import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Files of forests") struct ForestFileTests {
  private func model(classes: Int) throws -> (ForestModel, FeatureMatrix) {
    var table = ForestTable(
      rows: 80, columns: 3, classes: classes, seed: 4, values: 9, missing: 0.1)
    table.categorical = [1]
    var options = ForestOptions(classes: classes > 0)
    options.trees = 3
    let set = try table.set
    return (
      ForestModel(
        target: "y", classes: (0..<classes).map { "c\($0)" },
        forest: try table.grown(options).model(),
        training: .object([])), set.matrix
    )
  }

  @Test("what was written is read", arguments: [0, 2, 3]) func roundTrip(classes: Int) throws {
    let folder = try TemporaryFolder()
    let (model, matrix) = try model(classes: classes)
    let path = folder.path.appending("model.json")
    try model.write(to: path)
    let again = try #require(try ModelFile.read(path) as? ForestModel)
    #expect(again.forest.trees == model.forest.trees)
    #expect(again.forest.importances == model.forest.importances)
    #expect(again.classes == model.classes && again.target == "y")
    let pool = WorkerPool(threads: 1)
    #expect(
      try again.forest.predictions(matrix, on: pool) == model.forest.predictions(matrix, on: pool))
  }

  @Test("Base64 goes there and back") func base64() {
    var stream = RandomStream(seed: 1, purpose: "base64")
    for count in 0..<200 {
      let bytes = (0..<count).map { _ in UInt8(stream.integer(below: 256)) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
    }
    for text in ["A", "AA", "AAA", "A===", "====", "AB==", "AAB=", "A=AA", "AA=A", "AA A", "é234"] {
      #expect(Base64.decode(text) == nil, "\(text)")
    }
  }

  @Test("bytes that are no tree are refused, and none is believed", arguments: [0, 2, 3])
  func hostile(classes: Int) throws {
    let (model, matrix) = try model(classes: classes)
    let features = model.forest.features
    let whole = model.forest.trees[0].packed(classes: classes > 0)
    func read(_ bytes: [UInt8]) throws -> ForestTree {
      var reader = ForestTreeReader(bytes, features: features, classCount: classes)
      return try reader.tree()
    }
    for count in whole.indices {
      #expect(throws: ForestTreeReader.Problem.self) { try read(Array(whole[..<count])) }
    }
    #expect(throws: ForestTreeReader.Problem.self) { try read(whole + [0]) }
    var stream = RandomStream(seed: 1, purpose: "hostile")
    let pool = WorkerPool(threads: 1)
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<(1 + stream.integer(below: 3)) {
        bytes[stream.integer(below: bytes.count)] = UInt8(stream.integer(below: 256))
      }
      guard let tree = try? read(bytes) else { continue }
      // What is read can be walked, whatever it says.
      var forest = model.forest
      forest.trees = [tree]
      #expect(try forest.predictions(matrix, on: pool).allSatisfy(\.isFinite))
      #expect(tree.covers.allSatisfy { $0 > 0 && $0.isFinite })
      _ = try ForestExplanation(forest).shares(matrix, rows: 0..<2, on: pool)
    }
    #expect(throws: ForestTreeReader.Problem.self) {
      try read([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F])
    }
  }

  private func bytes(_ number: Double) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt64(8 * $0)) }
  }

  @Test(
    "what a leaf weighs is packed, whatever it is",
    arguments: [1, 127, 128, 0x1p31, 0x1p31 + 1, 0.75, .leastNonzeroMagnitude, 1e300])
  func weights(weight: Double) throws {
    var tree = ForestTree()
    let leaf = tree.addLeaf([(0, 2.5)], weight: weight, classes: false)
    tree.nodes.append(.leaf(leaf))
    let packed = tree.packed(classes: false)
    let isWhole = weight == weight.rounded() && weight <= 0x1p31
    #expect(packed.count == (isWhole ? 9 + (weight > 127 ? weight > 128 ? 5 : 2 : 1) : 18))
    var reader = ForestTreeReader(packed, features: [ModelFeature(name: "x")], classCount: 0)
    #expect(try reader.tree() == tree)
  }

  @Test(
    "weights that are none are refused",
    arguments: [
      (0, 1, "leaf without rows"), (-0.0, 1, "leaf without rows"), (1, -3, "leaf without rows"),
      (.nan, 1, "leaf without rows"), (1, .infinity, "leaf without rows"),
      (-.infinity, 1, "leaf without rows"), (1.7e308, 1.7e308, "more than can be added up"),
    ])
  func weightless(left: Double, right: Double, message: String) {
    // x <= 0.5, and two leaves.
    let split: [UInt8] = [4] + bytes(0.5)
    let leaves = [left, right].flatMap { [0, 0] + bytes($0) + bytes(1) }
    var reader = ForestTreeReader(
      split + leaves, features: [ModelFeature(name: "x")], classCount: 0)
    let problem = #expect(throws: ForestTreeReader.Problem.self) { try reader.tree() }
    #expect(problem?.message.contains(message) == true, "\(String(describing: problem))")
  }

  @Test(
    "parts that do not fit are named",
    arguments: [
      (#""kind": "forest""#, #""kind": "wood""#, "kind is `wood`"),
      (#""format": "reprise.model/1""#, #""format": "reprise.model/9""#, "format is"),
      (#""target": "y""#, #""target": "f0""#, "target is one of its features"),
      (#""name": "f0""#, #""name": "f2""#, "names something twice"),
      (#""kind": "float""#, #""kind": "c""#, "`categories` is no list"),
      (#""importance": "#, #""importance": -"#, "is no share"),
      (#""trees": ["#, #""trees": ["A", "#, "tree 0 is no text"),
      (#""trees": ["#, #""trees": ["", "#, "tree 0 ends too early"),
    ])
  func broken(part: String, replacement: String, message: String) throws {
    let folder = try TemporaryFolder()
    let text = try model(classes: 3).0.json.text(.indented)
    let place = try #require(text.firstRange(of: part))
    let path = try folder.write(
      text.replacingCharacters(place, with: replacement), to: "model.json")
    let failure = #expect(throws: Failure.self) { try ModelFile.read(path) }
    #expect(failure?.message.contains(message) == true, "\(String(describing: failure))")
  }
}

extension String {
  fileprivate func replacingCharacters(_ range: Range<Index>, with other: String) -> String {
    String(self[..<range.lowerBound]) + other + self[range.upperBound...]
  }
}
