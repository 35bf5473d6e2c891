import Platform
import Testing

@testable import Learning

@Suite("LightGBM's model files") struct LightGBMFileTests {
  @Test("a small file is read") func small() throws {
    let model = try ModelFileSamples.parse(ModelFileSamples.lightGBM)
    #expect(model.features.map(\.name) == ["size", "kind"])
    #expect(model.features[0].range == -1.5...2)
    #expect(model.features[1].kind == .categorical)
    #expect(model.features[1].categories == ["red", "green", "blue", "grey"])
    #expect(model.transform == .logistic(scale: 2))
    #expect(model.trees[0].count == [90, 50, 40, 30, 20])
    #expect(try ModelFileSamples.margin(model, 0.5, 1) == -0.25)
    #expect(try ModelFileSamples.margin(model, .nan, 1) == -0.25)
    #expect(try ModelFileSamples.margin(model, 0.6, 3) == 2)
    #expect(try ModelFileSamples.margin(model, 0.6, 0) == 0.75)
    #expect(try ModelFileSamples.margin(model, 0.6, .nan) == 0.75)
  }

  @Test("lines may end as on Windows") func windows() throws {
    let lines = ModelFileSamples.lightGBM.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(
      try ModelFileSamples.parse(lines.joined(separator: "\r\n"))
        == ModelFileSamples.parse(ModelFileSamples.lightGBM))
  }

  @Test("tree_sizes are the bytes of each tree") func sizes() throws {
    let model = try ModelFileSamples.trained(.lightgbm)
    let text = String(decoding: try model.encoded(as: .lightgbmText), as: UTF8.self)
    let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("tree_sizes=") })
    let sizes = line.dropFirst(11).split(separator: " ").compactMap { Int($0) }
    let start = try #require(text.utf8.firstRange(of: Array("Tree=0\n".utf8))).lowerBound
    var rest = text.utf8[start...]
    for (index, size) in sizes.enumerated() {
      #expect(rest.starts(with: "Tree=\(index)\n".utf8))
      rest = rest.dropFirst(size)
    }
    #expect(rest.starts(with: "end of trees\n".utf8))
    #expect(text.contains("feature_names=x0 a_name_=_two x2 kind x4\n"))
  }

  @Test(
    "broken and foreign files are refused with a reason",
    arguments: [
      ("left_child=-1 -2", "left_child=0 -2", "the child 0"),
      ("left_child=-1 -2", "left_child=-1 -9", "names the child -9"),
      ("left_child=-1 -2", "left_child=-1 -9223372036854775808", "names the child"),
      ("right_child=1 -3", "right_child=1", "has 1 numbers, not 2"),
      ("split_feature=0 1", "split_feature=0 2", "asks for feature 2 of 2"),
      ("split_feature=0 1", "split_feature=0 99999999999", "out of range"),
      ("leaf_value=-0.25", "leaf_value=nan", "no number"),
      ("leaf_value=-0.25", "leaf_value=inf", "not finite"),
      ("num_leaves=3", "num_leaves=2000000000", "whole number from 1"),
      ("num_leaves=3", "num_leaves=200000000", "has 3 numbers, not 200000000"),
      ("cat_boundaries=0 1", "cat_boundaries=0 9", "out of range"),
      ("cat_threshold=10", "cat_threshold=-1", "holds -1"),
      ("threshold=0.5 0", "threshold=0.5 1", "categories that are not there"),
      ("decision_type=10 9", "decision_type=14 9", "out of range"),
      ("max_feature_idx=1", "max_feature_idx=100000000", "2 names for 100000001"),
      ("is_linear=0", "is_linear=1", "linear models in its leaves"),
      ("version=v4", "version=v9", "its version is `v9`"),
      ("objective=binary", "objective=martian", "`martian`"),
      ("num_tree_per_iteration=1", "num_tree_per_iteration=2", "no rounds of 2 trees"),
      ("end of trees", "end of", "before `end of trees`"),
    ])
  func refusals(from: String, to: String, message: String) throws {
    let file = ModelFileSamples.lightGBM
    // The first place: later lines' names may end the same way.
    let place = try #require(file.firstRange(of: "\n" + from))
    let text = file.replacingCharacters(in: place, with: "\n" + to)
    do {
      _ = try ModelFileSamples.parse(text)
      Issue.record("`\(to)` is read")
    } catch let failure as Failure {
      #expect(failure.message.contains(message))
    } catch let failure as ParseFailure {
      #expect(failure.message.contains(message))
    }
  }
}

extension String {
  fileprivate func replacingCharacters(in range: Range<String.Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
