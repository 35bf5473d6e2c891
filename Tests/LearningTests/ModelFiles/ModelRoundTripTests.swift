import Compute
import Platform
import Support
import SystemPackage
import Testing

@testable import Learning

@Suite("Model files, written and read") struct ModelRoundTripTests {
  private let pool = WorkerPool(threads: 1)

  @Test("what is read is what was written, and is written the same again", arguments: flavours)
  func roundTrip(flavour: TreeFlavour) throws {
    for (name, model) in try ModelFileSamples.variants(flavour) {
      for format in flavour.formats {
        let bytes = try model.encoded(as: format)
        let read = try BoostedModel(parsing: bytes)
        #expect(read.classes == model.classes, "\(name)")
        #expect(read.features == model.features, "\(name)")
        #expect(read.attributes == model.attributes, "\(name)")
        #expect(read.bestRound == model.bestRound, "\(name)")
        #expect(read.bestScore == model.bestScore, "\(name)")
        #expect(read.objective == model.objective, "\(name)")
        #expect(read.transform == model.transform, "\(name)")
        let again = try read.encoded(as: format)
        #expect(again == bytes, "\(name) as \(format)")
        #expect(try BoostedModel(parsing: again) == read, "\(name) as \(format)")
      }
    }
  }

  @Test("both of XGBoost's formats hold the same") func twoFormats() throws {
    for (name, model) in try ModelFileSamples.variants(.xgboost) {
      let json = try BoostedModel(parsing: model.encoded(as: .xgboostJSON))
      #expect(try json == BoostedModel(parsing: model.encoded(as: .xgboostUBJSON)), "\(name)")
      #expect(json.baseMargins == model.baseMargins, "\(name)")
      #expect(json.roundStarts == model.roundStarts, "\(name)")
    }
  }

  @Test("every format predicts as the model does", arguments: flavours)
  func predictions(flavour: TreeFlavour) throws {
    for (name, model) in try ModelFileSamples.variants(flavour) {
      let matrix = try Self.rows(model.features)
      let expected = try BatchPredictor(model).predictions(matrix, on: pool)
      for format in ModelFormat.ofTrees {
        let read = try BoostedModel(parsing: model.encoded(as: format))
        var columns = matrix
        columns.features = read.features
        let found = try BatchPredictor(read).predictions(columns, on: pool)
        let largest = zip(found, expected).map { ($0 - $1).magnitude }.max() ?? 1
        #expect(largest < 1e-6, "\(name) as \(format)")
      }
    }
  }

  /// Floats, missing cells, and categories that no tree knows.
  private static func rows(_ features: [ModelFeature]) throws -> FeatureMatrix {
    var stream = RandomStream(seed: 9, purpose: "rows")
    let columns = features.map { feature in
      (0..<300).map { _ -> Double in
        if stream.unit() < 0.15 { return .nan }
        if feature.kind == .categorical { return Double(stream.integer(below: 12)) }
        return Double(Float(stream.unit() * 5 - 2.5))
      }
    }
    return try FeatureMatrix(columns: columns, features: features)
  }

  @Test("a model without trees keeps its base", arguments: flavours)
  func noTrees(flavour: TreeFlavour) throws {
    var model = BoostedModel(
      flavour: flavour, objective: Objective.logistic.name(flavour), outputs: 1,
      features: [ModelFeature(name: "x")])
    model.transform = .logistic(scale: 1)
    model.baseMargins = [-1.25]
    for format in ModelFormat.ofTrees {
      let read = try BoostedModel(parsing: model.encoded(as: format))
      #expect(abs(try ModelFileSamples.margin(read, 3) + 1.25) < 1e-6, "\(format)")
    }
  }

  @Test("cells that are missing for being zero go their way in XGBoost's trees too")
  func zeroIsMissing() throws {
    for (threshold, isLeft) in [(0.5, false), (-0.5, true), (0.5, true), (-0.5, false)] {
      var tree = DecisionTree(leaf: 0)
      _ = (tree.appendLeaf(parent: 0), tree.appendLeaf(parent: 0))
      (tree.left[0], tree.right[0], tree.feature[0]) = (1, 2, 0)
      (tree.threshold[0], tree.missing[0], tree.defaultLeft[0]) = (threshold, .zero, isLeft)
      (tree.value[1], tree.value[2]) = (1, 2)
      var model = BoostedModel(
        flavour: .lightgbm, objective: "regression", outputs: 1,
        features: [ModelFeature(name: "x")])
      model.appendRound([(tree, 0)])
      let converted = try model.converted(to: .xgboost)
      for cell in [-2, -0.5, -0.25, 0, 0.25, 0.5, 2, .nan] {
        let expected = try ModelFileSamples.margin(model, cell)
        #expect(
          try ModelFileSamples.margin(converted, cell) == expected, "\(cell) at \(threshold)")
      }
    }
  }

  @Test("files are known by what they hold, and named for what they shall hold") func names()
    throws
  {
    let folder = try TemporaryFolder()
    let model = try ModelFileSamples.trained(.xgboost)
    for ending in ["json", "ubj", "txt"] {
      let path = folder.path.appending("model.\(ending)")
      try model.write(to: path)
      let other = folder.path.appending("model.bin")
      try FileSystem.write(FileSystem.read(path), to: other)
      #expect(try BoostedModel(reading: other).flavour == (ending == "txt" ? .lightgbm : .xgboost))
    }
    #expect(throws: Failure.self) { try model.write(to: folder.path.appending("model.pkl")) }
  }
}
