import Platform
import SystemPackage

/// Everything that a network learns from, and is judged by.
struct NetworkData {
  var input: NetworkInput
  var target: String
  /// Sorted; empty when numbers are learnt.
  var classes: [String]
  var train: Part
  var test: Part
  /// Predicted numbers times `scale` plus `shift` are those of the data.
  var scale = 1.0
  var shift = 0.0
  var notes: [String] = []
  var file: FilePath?

  /// Samples of a source.
  struct Part {
    var source: any SampleSource
    var targets: NetworkTargets
    /// Those of the source that take part.
    var samples: [Int32]

    /// The classes of the samples that take part; nil for numbers.
    var labels: [Int32]? {
      guard case .classes(let labels, _) = targets else { return nil }
      return samples.map { labels[Int($0)] }
    }

    var numbers: [Double] {
      guard case .numbers(let numbers) = targets else { return [] }
      return samples.map { Double(numbers[Int($0)]) }
    }
  }

  /// Numbers that a network must give for a sample.
  func outputs(_ loss: NetworkLoss) -> Int {
    loss == .binaryCrossEntropy || classes.isEmpty ? 1 : classes.count
  }

  var facts: DatasetFacts {
    DatasetFacts(
      file: file, rows: train.samples.count + test.samples.count,
      trainRows: train.samples.count, testRows: test.samples.count, features: features,
      target: target, classes: classes)
  }

  var features: [String] {
    switch input {
    case .rows(let encoder): encoder.features.map(\.name)
    case .images(let shape, _, _): ["image \(shape)"]
    }
  }
}
