import Formats
import Projects
import Records
import Testing

@testable import Runner

@Suite("What a replay is made of") struct ReplayPartsTests {
  @Test("a recipe reads as it was written")
  func recipe() throws {
    var recipe = RunRecipe()
    #expect(RunRecipe(recipe.json) == recipe)
    recipe.project = "models/wine"
    recipe.workingFolder = ""
    recipe.trainer = "xgboost"
    recipe.settings = [Setting("cv", ["folds": .int(5)])]
    recipe.modelFile = "model.ubj"
    recipe.leftOut = 3
    recipe.keepers = ["data/b": .data, "data/a": .git, "c": .nobody]
    recipe.drawn = ["REPRISE_SEED"]
    recipe.timeout = 90_000
    #expect(RunRecipe(recipe.json) == recipe)
    #expect(RunRecipe(nil) == nil)
    #expect(RunRecipe(.object([])) == nil)
  }

  @Test(
    "seeds and the clock: what is set stays, the rest is drawn",
    arguments: [
      (["": ""], nil, "77", "77", "5"),
      (["REPRISE_SEED": "3"], nil, "3", "3", "5"),
      (["REPRISE_SEED": "4294967297", "SOURCE_DATE_EPOCH": "9"], nil, "4294967297", "1", "9"),
      (["PYTHONHASHSEED": "random"], nil, "77", "random", "5"),
      ([:], "12", "12", "12", "5"), ([:], "one", "77", "77", "5"),
      (["REPRISE_SEED": "x"], nil, "x", nil, "5"),
    ] as [([String: String], String?, String, String?, String)])
  func variables(
    _ given: [String: String], _ seed: String?, _ drawn: String, _ hash: String?, _ time: String
  ) {
    let parameters = seed.map { [ResolvedParameter("seed", .int, value: $0)] } ?? []
    let made = RunVariables(given, parameters: parameters, commitTime: 5) { 77 }
    #expect(made.values["REPRISE_SEED"] == drawn)
    #expect(made.values["PYTHONHASHSEED"] == hash)
    #expect(made.values["SOURCE_DATE_EPOCH"] == time)
    #expect(made.drawn.contains("REPRISE_SEED") == (drawn == "77"))
  }

  @Test(
    "the nearest version of pip's list",
    arguments: [
      ("numpy==9.9 (from versions: 1.3.0, 1.26.4, 2.4.1)", "2.4.1"),
      ("numpy==1.26.5 (from versions: 1.3.0, 1.26.4, 2.4.1)", "1.26.4"),
      ("a==2 (from versions: 1.9, 3.0)", "1.9"), ("a==2 (from versions: none)", nil),
      ("a>=2 (from versions: 1)", nil), ("something else", nil),
    ] as [(String, String?)])
  func nearest(_ requirement: String, _ wanted: String?) {
    let complaint =
      "ERROR: Could not find a version that satisfies the requirement \(requirement)\nERROR: No"
    #expect(NearestVersion(complaint)?.nearest == wanted)
  }
}
