import Foundation
import RepriseKit

/// `trainer neighbours DATA K SEED` and `trainer trees DATA DEPTH SEED`.
@main struct Main {
  static func main() async {
    do { try await run(Array(CommandLine.arguments.dropFirst())) } catch {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      exit(1)
    }
  }

  private static func run(_ words: [String]) async throws {
    guard words.count == 4, let number = Int(words[2]), let seed = UInt64(words[3]) else {
      throw Usage()
    }
    // Inside `reprise run` this is that run; without it, a new one.
    try await Recording.record { recording in
      switch words[0] {
      case "neighbours": try neighbours(words[1], k: number, seed: seed, recording)
      case "trees": try await trees(words[1], depth: number, seed: seed, recording)
      default: throw Usage()
      }
    }
  }

  struct Usage: Error, CustomStringConvertible {
    let description = "usage: trainer neighbours DATA K SEED, or trainer trees DATA DEPTH SEED"
  }

  /// A trainer of our own: scored for every number of neighbours up to `k`.
  static func neighbours(_ file: String, k: Int, seed: UInt64, _ recording: Recording) throws {
    let table = try DataTable(reading: file)
    let (train, test) = try table.split(holdingOut: 0.25, seed: seed, stratifiedBy: "species")
    let features = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]
    let model = try Neighbours(train, features: features, target: "species")
    for count in 1...k {
      let accuracy = try model.accuracy(on: test, k: count)
      try recording.metric("test_accuracy", accuracy, step: count)
      if count == k { print("k = \(k): accuracy \(accuracy)") }
    }
  }

  /// One of Reprise's: its parameters, the score of every round and the model go into the record.
  static func trees(_ file: String, depth: Int, seed: UInt64, _ recording: Recording) async throws {
    let training = Training(
      .xgboost, data: file, target: "species",
      parameters: [
        "max_depth": ParameterValue(depth), "num_boost_round": 40, "learning_rate": 0.2,
        "test_fraction": 0.25, "drop": "year", "seed": ParameterValue(Int(seed)),
      ])
    let result = try await training.run(reportingTo: recording)
    print("depth \(depth): accuracy \(result.metrics["test_accuracy"] ?? .nan)")
  }
}
