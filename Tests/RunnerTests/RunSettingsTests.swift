import Platform
import Records
import Support
import SystemPackage
import Testing

@testable import Runner

@Suite("Where a run is recorded") struct RunSettingsTests {
  private func name(_ settings: RunSettings, _ variables: [String: String]) throws -> String {
    let folder = try TemporaryFolder()
    let store = try RecordStore(in: folder.path)
    _ = try store.createExperiment("one")
    return try settings.experiment(in: store, variables: variables).name
  }

  @Test("the option counts before the variables, and the name before the id")
  func order() throws {
    let both = ["MLFLOW_EXPERIMENT_NAME": "named", "MLFLOW_EXPERIMENT_ID": "1"]
    #expect(try name(RunSettings(), [:]) == "Default")
    #expect(try name(RunSettings(), ["MLFLOW_EXPERIMENT_ID": "1"]) == "one")
    #expect(try name(RunSettings(), both) == "named")
    #expect(try name(RunSettings(experimentName: "asked"), both) == "asked")
    #expect(try name(RunSettings(experimentID: .defaultExperiment), both) == "Default")
    #expect(
      try name(RunSettings(), ["MLFLOW_EXPERIMENT_NAME": "", "MLFLOW_EXPERIMENT_ID": ""])
        == "Default")
  }

  @Test(
    "a variable that names no experiment is a failure that names the variable",
    arguments: ["77", "x"])
  func variable(id: String) throws {
    let failure = #expect(throws: Failure.self) {
      try name(RunSettings(), ["MLFLOW_EXPERIMENT_ID": id])
    }
    #expect(failure?.message.contains("$MLFLOW_EXPERIMENT_ID") == true)
  }

  @Test("the nearest folder with an MLproject or with records is the one that is meant")
  func nearest() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "p/mlPROJECT")
    try folder.write("", to: "p/deep/er/x")
    try folder.write("", to: "p/own/.reprise/y")
    let root = folder.path
    let find = { (name: String, variables: [String: String]) in
      RecordsFolder.nearest(to: root.pushing(FilePath(name)), variables: variables).path
    }
    #expect(find("p/deep/er", [:]) == root.pushing("p/.reprise"))
    #expect(find("p/own", [:]) == root.pushing("p/own/.reprise"))
    #expect(find("p", ["REPRISE_RECORDS": "../r"]) == root.pushing("r"))
    #expect(find("p", ["REPRISE_RECORDS": ""]) == root.pushing("p/.reprise"))
  }

  @Test(
    "a URL carries no password",
    arguments: [
      ("https://u:p@h/x", "https://h/x"), ("https://token@h/x", "https://h/x"),
      ("https://u:p@ss@h/x", "https://h/x"), ("https://h/x@y", "https://h/x@y"),
      ("ssh://git:p@h/x", "ssh://git@h/x"), ("ssh://git@h/x", "ssh://git@h/x"),
      ("git@h:x/y.git", "git@h:x/y.git"), ("/a/b", "/a/b"), ("", ""),
      ("HTTP://a:b@h", "HTTP://h"), ("https://u:p@h:8080#sub", "https://h:8080#sub"),
    ])
  func passwords(url: String, shown: String) {
    #expect(CodeState.withoutPassword(url) == shown)
  }
}
