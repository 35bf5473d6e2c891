import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise models` as a user runs it.
@Suite("reprise models") struct ModelsTests {
  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.model, to: "model.json")
    try folder.write("f0,f1\n0.25,2\n0.75,1\n,3\n2,0\n", to: "rows.csv")
    return folder
  }

  private func models(_ words: String..., in folder: TemporaryFolder) async throws -> Program.Result
  {
    try await Program.run(["models"] + words, in: folder.path)
  }

  private func predictions(_ model: String, _ folder: TemporaryFolder) async throws -> String {
    try await Program.run(["predict", model, "rows.csv", "--labels"], in: folder.path).output
  }

  @Test("a model predicts the same as a file of any format, and as MLflow's folder")
  func convert() async throws {
    let folder = try folder()
    let expected = try await predictions("model.json", folder)
    #expect(expected.hasPrefix("prediction,p(0),p(1)\n"))
    for target in ["model.ubj", "model.txt", "model.onnx", "served/"] {
      let result = try await models("convert", "model.json", target, in: folder)
      #expect(result.status == 0, "\(result)")
      let found = try await predictions(target, folder)
      let pairs = zip(
        found.split { $0 == "," || $0 == "\n" }, expected.split { $0 == "," || $0 == "\n" })
      for (a, b) in pairs {
        if let a = Double(a), let b = Double(b) {
          #expect((a - b).magnitude < 1e-6, "\(target)")
        } else {
          #expect(a == b, "\(target)")
        }
      }
    }
    let again = try await models("convert", "model.json", "served/", in: folder)
    #expect(again.status == 0, "a folder of MLflow's is written over")
    try folder.write("mine", to: "notes/text")
    let refused = try await models("convert", "model.json", "notes/", in: folder)
    #expect(refused.status == 2)
    #expect(refused.error.contains("holds no model of MLflow's"), "\(refused)")
  }

  @Test("what it consists of is shown, and a tree drawn") func show() async throws {
    let folder = try folder()
    let shown = try await models("show", "model.json", "--json", in: folder)
    let json = try JSONValue(parsing: shown.output)
    #expect(json["trees"]?.int == 1)
    #expect(json["leaves"]?.int == 3)
    #expect(json["features"]?.array?.count == 2)
    #expect(try await models("show", "model.json", in: folder).output.contains("f1"))
    let drawn = try await models(
      "show", "model.json", "--tree", "0", "--svg", "tree.svg", in: folder)
    #expect(drawn.status == 0, "\(drawn)")
    #expect(try folder.read("tree.svg").contains("f1 in {1, 3}"))
    let missing = try await models(
      "show", "model.json", "--tree", "7", "--svg", "no.svg", in: folder)
    #expect(missing.status == 2)
    #expect(missing.error.contains("no tree 7"), "\(missing)")
  }

  @Test("shares add up to the margin") func explain() async throws {
    let folder = try folder()
    let result = try await models(
      "explain", "model.json", "rows.csv", "-o", "shares.csv", in: folder)
    #expect(result.status == 0, "\(result)")
    let lines = try folder.read("shares.csv").split(separator: "\n")
    #expect(lines[0] == "f0,f1,bias")
    // The leaves of the rows, on a base of 0.
    for (line, margin) in zip(lines.dropFirst(), [-0.25, 2, -0.25, 0.75]) {
      let sum = line.split(separator: ",").compactMap { Double($0) }.reduce(0, +)
      #expect((sum - margin).magnitude < 1e-9, "\(line)")
    }
    let row = try await models("explain", "model.json", "rows.csv", "--row", "9", in: folder)
    #expect(row.status == 2)
    #expect(row.error.contains("there is no row 9"), "\(row)")
    let drawn = try await models(
      "explain", "model.json", "rows.csv", "--row", "2", "--svg", "row.svg", in: folder)
    #expect(drawn.status == 0, "\(drawn)")
    #expect(try folder.read("row.svg").contains("f1 = 1"))
  }

  /// Two splits, by a number and by categories; a file of XGBoost 1.x.
  private static let model = """
    {"learner":{"attributes":{"best_iteration":"0","best_score":"0.25","other":"x"},
    "gradient_booster":{"model":{"gbtree_model_param":{"num_parallel_tree":"1","num_trees":"1",
    "size_leaf_vector":"0"},"tree_info":[0],"trees":[{"base_weights":[0.1,-0.2,3E-1,1,2],
    "categories":[1,3],"categories_nodes":[2],"categories_segments":[0],"categories_sizes":[2],
    "default_left":[true,false,false,false,false],"id":0,"left_children":[1,-1,3,-1,-1],
    "loss_changes":[5.5,0,1,0,0],"parents":[2147483647,0,0,2,2],
    "right_children":[2,-1,4,-1,-1],"split_conditions":[0.5,-0.25,1e-45,0.75,2],
    "split_indices":[0,0,1,0,0],"split_type":[0,0,1,0,0],"sum_hessian":[9,4,5,2,3],
    "tree_param":{"num_deleted":"0","num_feature":"2","num_nodes":"5","size_leaf_vector":"0"}}]},
    "name":"gbtree"},"learner_model_param":{"base_score":"5E-1","num_class":"0",
    "num_feature":"2"},"objective":{"name":"binary:logistic",
    "reg_loss_param":{"scale_pos_weight":"1"}}},"version":[1,7,6]}
    """
}
