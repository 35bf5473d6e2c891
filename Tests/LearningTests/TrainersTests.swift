import Formats
import Learning
import Platform
import Projects
import SystemPackage
import Testing

@Suite("Trainers and jobs") struct TrainersTests {
  @Test("a trainer is found by its name") func named() throws {
    #expect(try Trainers.named("logistic").name == "logistic")
    #expect(try Trainers.named("lightgbm").name == "lightgbm")
    let failure = #expect(throws: Failure.self) { try Trainers.named("logstic") }
    #expect(failure?.code == .notFound)
    #expect(
      failure?.hint
        == "did you mean `logistic`? there is: linear, logistic, xgboost, lightgbm, forest, mlp, cnn"
    )
  }

  @Test("its parameters are described, and their defaults are allowed") func parameters() throws {
    for trainer in Trainers.all {
      #expect(Set(trainer.parameters.map(\.name)).count == trainer.parameters.count)
      for parameter in trainer.parameters {
        if let value = parameter.defaultValue {
          #expect(parameter.choices.isEmpty || parameter.choices.contains(value))
          if let number = Double(value) {
            #expect(number >= parameter.minimum ?? -.infinity)
            #expect(number <= parameter.maximum ?? .infinity)
          }
        }
      }
    }
  }

  @Test(
    "lists are names between commas",
    arguments: [
      ("a", ["a"]), ("a, b ,c", ["a", "b", "c"]), ("\"x,y\",z", ["x,y", "z"]), ("", []),
      (" , ", []),
    ])
  func lists(text: String, expected: [String]) throws {
    #expect(try job(["drop": text]).list("drop") == expected)
  }

  @Test("lists that are none are refused", arguments: ["\"a", "a\nb"])
  func badLists(text: String) {
    #expect(throws: Failure.self) { try job(["drop": text]).list("drop") }
  }

  @Test(
    "data is the parameter, or else the first input",
    arguments: [
      (["data": "x.csv"], "/p/x.csv"), (["data": "/y.csv"], "/y.csv"), ([:], "/in/a.csv"),
      (["data": ""], "/in/a.csv"),
    ] as [([String: String], FilePath)])
  func data(values: [String: String], expected: FilePath) throws {
    #expect(try job(values).data == expected)
  }

  @Test(
    "seeds",
    arguments: [("0", 0), ("18446744073709551615", .max), ("-1", .max), ("7", 7)]
      as [(String, UInt64)])
  func seeds(text: String, seed: UInt64) throws {
    #expect(try job(["seed": text]).seed == seed)
  }

  private func job(_ values: [String: String]) -> TrainingJob {
    TrainingJob(values: values, inputs: ["/in/a.csv", "/in/b.csv"], folder: "/p", output: "/o")
  }
}
