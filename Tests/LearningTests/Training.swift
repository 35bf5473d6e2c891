import Learning
import Platform
import Support
import SystemPackage

/// Files of `project-examples`.
enum Examples {
  static let root = FilePath(#filePath).removingLastComponent().removingLastComponent()
    .removingLastComponent().appending("project-examples")
  static let penguins = root.appending("penguins/data/penguins.csv")
}

extension TemporaryFolder {
  /// Trains `logistic` on CSV text, or on a file; files go to this folder.
  func train(
    _ text: String? = nil, file: FilePath? = nil, _ values: [String: String] = [:],
    threads: Int = 1, observer: any TrainingObserver = SilentObserver()
  ) async throws -> TrainingResult {
    let file = try file ?? write(text ?? "", to: "data.csv")
    var values = values
    if values["target"] == nil { values["target"] = "y" }
    return try await LogisticTrainer().train(
      TrainingJob(
        values: values, inputs: [file], folder: path, output: path, threads: threads),
      reporting: observer)
  }
}

/// A table of two numbers and a colour, which tell three classes apart, mostly.
func flowers(rows: Int) -> String {
  var text = "a,b,colour,y\n"
  for row in 0..<rows {
    let kind = row % 3
    let wobble = Double((row * 7919) % 101) / 50 - 1
    let a = "\(Double(kind) + wobble)"
    let b = row % 11 == 0 ? "" : "\(Double((row * 104729) % 97) / 10 - Double(kind) * wobble)"
    let colour = row % 13 == 0 ? "NA" : ["red", "green", "blue"][(row / 5 + kind) % 3]
    text += "\(a),\(b),\(colour),\(["iris", "rose", "tulip"][row % 17 == 0 ? 0 : kind])\n"
  }
  return text
}
