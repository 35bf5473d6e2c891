import Compute
import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("ONNX model files") struct ONNXFileTests {
  private let pool = WorkerPool(threads: 1)

  private static func sample() throws -> ONNXModel {
    let model = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    return try ONNXModel(parsing: model.onnx())
  }

  @Test("the same model gives the same bytes, and reads back with names and categories")
  func names() throws {
    let model = try ModelFileSamples.trained(.xgboost)
    let bytes = try model.onnx()
    #expect(try bytes == model.onnx())
    let read = try BoostedModel(parsing: bytes)
    #expect(read.features == model.features)
    #expect(read.classes == model.classes)
    #expect(read.attributes == model.attributes)
    #expect(read.objective == model.objective)
  }

  @Test("a column of text makes inputs for each column") func inputs() throws {
    let file = try ONNXModel(parsing: ModelFileSamples.trained(.lightgbm).onnx())
    #expect(file.graph.inputs.map(\.name) == ["x0", "a name = two", "x2", "kind", "x4"])
    #expect(file.graph.inputs[3].type == .string)
    #expect(file.graph.outputs.map(\.name) == ["label", "probabilities"])
  }

  @Test("a file that is cut off, or changed anywhere, is read or refused") func broken() throws {
    let model = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    let bytes = try model.onnx()
    for end in 0..<bytes.count { try use(Array(bytes[..<end])) }
    var random = SeededRandom(seed: 5)
    for _ in 0..<600 {
      var changed = bytes
      for _ in 0...random.pick([0, 1, 2]) {
        let place = Int(random.next() % UInt64(changed.count))
        switch random.pick([0, 1, 2]) {
        case 0: changed[place] = UInt8(truncatingIfNeeded: random.next())
        case 1: changed.remove(at: place)
        default: changed[place] ^= 1 << UInt8(random.next() % 8)
        }
      }
      try use(changed)
    }
  }

  /// Reads, and uses what can be read; anything but an error of ours fails the test.
  private func use(_ bytes: [UInt8]) throws {
    do {
      let model = try BoostedModel(parsing: bytes)
      guard model.features.count < 1000, model.outputs < 1000 else { return }
      let cells = (0..<(2 * model.features.count)).map { $0 % 3 == 0 ? Float.nan : Float($0) }
      _ = try BatchPredictor(model).predictions(
        FeatureMatrix(rows: cells, features: model.features), on: pool)
      for format in ModelFormat.ofTrees { _ = try model.encoded(as: format) }
    } catch is ParseFailure {
    } catch is Failure {
    } catch {
      Issue.record("\(error)")
    }
  }

  @Test(
    "hostile trees are refused with a reason",
    arguments: [
      ("nodes_truenodeids", ONNXAttribute.Value.ints([1, 0, 0, 0, 0, 0]), "in a circle"),
      ("nodes_truenodeids", .ints([9, 0, 0, 0, 0, 0]), "has no node 9"),
      ("nodes_truenodeids", .ints([1]), "has 1 elements, not 6"),
      ("nodes_falsenodeids", .ints([0, 0, 0, 0, 0, 0]), "nodes that no branch leads to"),
      ("nodes_featureids", .ints([7, 0, 1, 0, 0, 1]), "is no category's number"),
      ("nodes_featureids", .ints([1 << 40, 0, 1, 0, 0, 1]), "asks for feature 1099511627776"),
      ("nodes_modes", .strings(["X", "LEAF", "LEAF", "LEAF", "LEAF", "LEAF"]), "compares by `X`"),
      ("nodes_values", .floats([.nan, 0, 1, 0, 0, 3]), "compares with no number"),
      ("class_ids", .ints([5, 0, 0]), "to output 5"),
      ("class_weights", .floats([.infinity, 0, 0]), "adds inf"),
      ("base_values", .floats([1, 2, 3]), "3 base values for 1 outputs"),
      ("post_transform", .string("PROBIT"), "`PROBIT`"),
      ("nodes_nodeids", .ints([0, 0, 2, 3, 4, 5]), "two nodes 0"),
    ])
  func hostile(name: String, value: ONNXAttribute.Value, message: String) throws {
    var file = try Self.sample()
    let place = try #require(file.graph.nodes.firstIndex { $0.name == "trees" })
    let attribute = try #require(
      file.graph.nodes[place].attributes.firstIndex { $0.name == name }, "\(name)")
    file.graph.nodes[place].attributes[attribute].value = value
    let failure = try #require(throws: Failure.self) { try BoostedModel(parsing: file.encoded) }
    #expect(failure.message.contains(message), "\(failure.message)")
  }

  @Test("a comparison with a category of a column that is not there is refused") func beyond()
    throws
  {
    var tree = DecisionTree(leaf: 0)
    for _ in 0..<2 { _ = tree.appendLeaf(parent: 0) }
    (tree.left[0], tree.right[0], tree.feature[0], tree.threshold[0]) = (1, 2, 0, 3)
    var model = BoostedModel(
      flavour: .xgboost, objective: "reg:squarederror", outputs: 1,
      features: [ModelFeature(name: "x")])
    model.appendRound([(tree, 0)])
    var file = try ONNXModel(parsing: model.onnx())
    let place = try #require(file.graph.nodes.firstIndex { $0.name == "trees" })
    let changes: [String: ONNXAttribute.Value] = [
      "nodes_modes": .strings(["BRANCH_EQ", "LEAF", "LEAF"]), "nodes_featureids": .ints([8, 0, 0]),
    ]
    for index in file.graph.nodes[place].attributes.indices {
      let name = file.graph.nodes[place].attributes[index].name
      if let value = changes[name] { file.graph.nodes[place].attributes[index].value = value }
    }
    let failure = try #require(throws: Failure.self) { try BoostedModel(parsing: file.encoded) }
    #expect(failure.message.contains("feature 8"), "\(failure.message)")
  }

  @Test("newer versions and other graphs are refused") func newer() throws {
    var file = try Self.sample()
    file.operators[1].version = 9
    var failure = try #require(throws: Failure.self) { try BoostedModel(parsing: file.encoded) }
    #expect(failure.message.contains("version 9 of ai.onnx.ml"))
    file = try Self.sample()
    file.graph.nodes = [ONNXNode("Conv", from: ["input"], to: ["label"])]
    failure = try #require(throws: Failure.self) { try BoostedModel(parsing: file.encoded) }
    #expect(failure.message.contains("other operators than trees: Conv"))
  }

  @Test("scores that are multiplied by one stay what they are; by two they are refused")
  func multiplied() throws {
    for (factor, isRead) in [(Float(1), true), (2, false)] {
      var file = try Self.sample()
      file.graph.initializers.append(ONNXTensor("factor", [1], .floats([factor])))
      file.graph.nodes.append(ONNXNode("Mul", from: ["probabilities", "factor"], to: ["p"]))
      #expect(((try? BoostedModel(parsing: file.encoded)) != nil) == isRead)
    }
  }

  @Test("announced sizes take no memory") func counts() {
    // A field that says it has 2^62 bytes; a tensor of 2^62 elements.
    for bytes: [UInt8] in [
      [0x08, 0x08, 0x3A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x40],
      [0x08, 0x08, 0x3A, 0x0E, 0x2A, 0x0C, 0x08] + [UInt8](repeating: 0x80, count: 8)
        + [0x40, 0x10, 0x01],
      [0x08, 0x08, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
    ] {
      #expect(throws: ParseFailure.self) { try ONNXModel(parsing: bytes) }
    }
  }

  @Test("a linear model reads back; one whose graph was changed is refused") func linear() throws {
    let weights = try #require(
      Matrix(rows: 1, columns: 5, elements: [1, -2, 0.5, 0.25, 3]))
    let model = LogisticModel(
      target: "t", classes: ["no", "yes"],
      encoder: FeatureEncoder([
        Feature("label", .oneHot(categories: ["a", "b"], missing: true)),
        Feature("x", .standardized(mean: 2, scale: 0.5)),
      ]), weights: weights, training: .object([]))
    let bytes = try model.onnx()
    #expect(try ONNXFile.model(bytes) as? LogisticModel == model)
    var file = try ONNXModel(parsing: bytes)
    // A column has the name that the output wanted.
    #expect(file.graph.outputs.map(\.name) == ["label_", "probabilities"])
    file.graph.initializers[0].elements = .doubles([9])
    let failure = try #require(throws: Failure.self) { try ONNXFile.model(file.encoded) }
    #expect(failure.message.contains("its graph is not the one"))
  }
}
