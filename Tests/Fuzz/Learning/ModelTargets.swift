import Compute
import Formats
import Learning
import Platform

extension FuzzTarget {
  /// Values of UBJSON, there and back.
  static let ubjson = FuzzTarget(
    name: "ubjson", seeds: [], words: ["[$d#", "[$L#", "{i", "Si", "#i", "L\u{0}\u{0}\u{0}"],
    binarySeeds: {
      let value = UBJSONValue.object([
        .init("a", .int32s([1, -2])), .init("b", .array([.null, .bool(true), .double(0.5)])),
        .init("c", .floats([1.5])), .init("d", .string("text")), .init("e", .bytes([1, 2])),
        .init("f", .int64s([1 << 40])), .init("g", .doubles([2.5])), .init("h", .int(-300)),
      ])
      return [value.encoded]
    }
  ) { bytes in
    let value = try UBJSONValue(parsing: bytes)
    // NaN is not equal to itself: what is written is compared.
    let written = value.encoded
    let again = try? UBJSONValue(parsing: written)
    require(again?.encoded == written, "does not read back the same")
  }

  /// Files of XGBoost (JSON) and LightGBM, and the predictions of what reads.
  static let boosted = FuzzTarget(
    name: "boosted", seeds: [ModelFileTexts.oldXGBoost, ModelFileTexts.lightGBM],
    words: [
      "\"learner\"", "\"trees\"", "\"left_children\"", "\"split_indices\"", "\"num_class\"",
      "Tree=0", "num_leaves=", "split_feature=", "decision_type=", "left_child=", "cat_threshold=",
      "max_feature_idx=", "feature_infos=", "-1", "2147483647", "1e308", "NaN",
    ], check: predict)

  /// The same for XGBoost's UBJSON.
  static let boostedUBJSON = FuzzTarget(
    name: "boosted-ubj", seeds: [], words: ["[$l#L", "[$d#L", "learner", "left_children", "trees"],
    binarySeeds: {
      [
        try BoostedModel(parsing: Array(ModelFileTexts.oldXGBoost.utf8))
          .encoded(as: .xgboostUBJSON)
      ]
    }, check: predict)

  private static let pool = WorkerPool(threads: 1)

  @Sendable
  private static func predict(_ bytes: [UInt8]) throws {
    let model = try BoostedModel(parsing: bytes)
    guard model.features.count < 200, model.outputs < 200 else { return }
    let columns = (0..<max(1, model.features.count)).map { place in
      Column(
        place < model.features.count ? model.features[place].name : "x", [0, 1e300, .nan, -2.5])
    }
    _ = try? BoostedTableModel(model).predict(Table(columns), on: pool).csv
    for format in ModelFormat.ofTrees {
      guard let written = try? model.encoded(as: format), format.flavour == model.flavour else {
        continue
      }
      require((try? BoostedModel(parsing: written)) != nil, "what is written does not read back")
    }
  }
}
