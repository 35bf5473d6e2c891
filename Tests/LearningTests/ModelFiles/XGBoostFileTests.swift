import Formats
import Platform
import Testing

@testable import Learning

@Suite("XGBoost's model files") struct XGBoostFileTests {
  @Test("a file of version 1.7 is read") func old() throws {
    let model = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    #expect(model.features.map(\.name) == ["f0", "f1"])
    #expect(model.baseMargins == [0])
    #expect((model.bestRound, model.bestScore) == (0, 0.25))
    #expect(model.attributes == ["other": "x"])
    #expect(model.roundStarts == [0, 1])
    #expect(try ModelFileSamples.margin(model, 0.4, 1) == -0.25)
    #expect(try ModelFileSamples.margin(model, .nan, 1) == -0.25)
    #expect(try ModelFileSamples.margin(model, 0.5, 1) == 2)
    #expect(try ModelFileSamples.margin(model, 0.5, 0) == 0.75)
    #expect(try ModelFileSamples.margin(model, 0.5, .nan) == 2)
  }

  @Test("numbers are the shortest floats, and parameters texts") func layout() throws {
    let model = try ModelFileSamples.parse(ModelFileSamples.oldXGBoost)
    let text = String(decoding: try model.encoded(as: .xgboostJSON), as: UTF8.self)
    #expect(text.contains(#""base_weights":[0.1,-0.2,0.3,1.0,2.0]"#))
    #expect(text.contains(#""base_score":"[0.5]""#))
    #expect(text.contains(#""default_left":[1,0,0,0,0]"#))
    #expect(text.contains(#""parents":[2147483647,0,0,2,2]"#))
    #expect(text.contains(#""categories_nodes":[2]"#))
  }

  @Test("base scores are predictions: the nearest float is found") func baseScores() {
    for name in ["binary:logistic", "count:poisson", "reg:squarederror"] {
      let objective = XGBoostObjective(name)
      for margin in stride(from: -6, through: 6, by: 0.37) {
        let found = objective.margin(baseScore: objective.baseScore(margin: margin))
        #expect(abs(found - margin) < 2e-5, "\(name) \(margin)")
      }
    }
  }

  @Test(
    "broken and foreign files are refused with a reason",
    arguments: [
      (#""right_children":[2,"#, #""right_children":[0,"#, "has the child 0"),
      (#""left_children":[1,-1,3"#, #""left_children":[1,-1,1"#, "has the child 1"),
      (#""left_children":[1,-1,3"#, #""left_children":[1,-1,9"#, "has the child 9"),
      (#""left_children":[1,-1,3"#, #""left_children":[1,-1,99999999999"#, "more than 32 bits"),
      (#""split_indices":[0,0,1"#, #""split_indices":[0,0,7"#, "asks for feature 7 of 2"),
      (#""split_conditions":[0.5"#, #""split_conditions":[NaN"#, "is NaN"),
      (#"1e-45,0.75,2]"#, #"1e-45,Infinity,2]"#, "leaf 3"),
      (#""categories":[1,3]"#, #""categories":[1]"#, "out of range"),
      (#""categories":[1,3]"#, #""categories":[1,-3]"#, "names the category -3"),
      (#""categories_nodes":[2]"#, #""categories_nodes":[0]"#, "no list of categories"),
      (#""tree_info":[0]"#, #""tree_info":[1]"#, "does not fit the trees"),
      (#""num_feature":"2"},"o"#, #""num_feature":"2000000000"},"o"#, "whole number from 0"),
      (#""num_class":"0""#, #""num_class":"-3""#, "whole number from 0"),
      (#""base_score":"5E-1""#, #""base_score":"2""#, "is no base score"),
      (#""base_score":"5E-1""#, #""base_score":"[]""#, "no number for each"),
      (#""name":"gbtree""#, #""name":"gblinear""#, "its booster is `gblinear`"),
      ("binary:logistic", "binary:hinge", "the objective is `binary:hinge`"),
      (#""size_leaf_vector":"0"}}]"#, #""size_leaf_vector":"3"}}]"#, "several numbers"),
      (#""learner""#, #""teacher""#, "no model of XGBoost"),
      (#""sum_hessian":[9,"#, #""sum_hessian":["9","#, "no list of numbers"),
    ])
  func refusals(from: String, to: String, message: String) throws {
    let parts = ModelFileSamples.oldXGBoost.split(separator: from, omittingEmptySubsequences: false)
    try #require(parts.count == 2)
    let text = parts.joined(separator: to)
    let failure = try #require(throws: Failure.self) { try ModelFileSamples.parse(text) }
    #expect(failure.message.contains(message))
  }

  @Test("our own note may be changed by others, not broken") func note() throws {
    let model = try ModelFileSamples.trained(.xgboost)
    let text = String(decoding: try model.encoded(as: .xgboostJSON), as: UTF8.self)
    let broken = text.split(separator: #"\"classes\":[\"no\""#).joined(
      separator: #"\"classes\":[7"#)
    let failure = try #require(throws: Failure.self) { try ModelFileSamples.parse(broken) }
    #expect(failure.message.contains("reprise.model"))
    // Renamed columns have the library's names and no others.
    let renamed = try ModelFileSamples.parse(
      text.split(separator: #""kind""#).joined(separator: #""sort""#))
    #expect(renamed.features[3].name == "sort")
    #expect(renamed.features[3].categories.isEmpty)
    #expect(renamed.classes == model.classes)
  }
}
