import Compute
import Formats
import Platform
import SystemPackage

/// How good a finished network is, and what to keep of its training.
struct NetworkReport {
  private(set) var metrics: [(name: String, value: Double)] = []
  private(set) var details: [String: JSONValue] = [:]
  private let session: NetworkSession
  private let judgement: NetworkJudgement?
  private let confusion: ConfusionMatrix?
  private let predicted: [Int32]

  init(_ session: NetworkSession, _ model: NetworkModel) {
    self.session = session
    details["network"] = .object([
      .init("parameters", .int(Int64(session.network.parameterCount))),
      .init("layers", .array(session.plans.map(\.json))),
      .init("shapes", .array(session.network.shapes.map { .string($0.description) })),
    ])
    if let best = session.best {
      // Of a network that fits: the weights were its own.
      try? session.network.take(best)
    }
    let data = session.data
    guard !data.test.samples.isEmpty else {
      (judgement, confusion, predicted) = (nil, nil, [])
      return
    }
    let judgement = NetworkJudgement(session.network, data.test, session.loss, on: session.pool)
    self.judgement = judgement
    if let labels = data.test.labels {
      let probabilities = Self.probabilities(
        judgement.outputs, data.classes.count, isSigmoid: session.loss == .binaryCrossEntropy)
      let predictions = Predictions(
        target: data.target, classes: data.classes, probabilities: probabilities)
      predicted = predictions.labels
      let confusion = ConfusionMatrix(
        classes: data.classes, actual: labels, predicted: predicted)
      self.confusion = confusion
      metrics = ModelScores(probabilities, labels: labels).values.map { ("test_\($0)", $1) }
      details["test_confusion"] = confusion.json
    } else {
      (confusion, predicted) = (nil, [])
      let back = { (value: Double) in value * data.scale + data.shift }
      metrics = ModelScores(
        numbers: judgement.outputs.map { back(Double($0)) },
        actual: data.test.numbers.map(back)
      ).values.map { ("test_\($0)", $1) }
    }
  }

  /// Probabilities of what came out before the last function.
  private static func probabilities(
    _ outputs: [Float], _ classes: Int, isSigmoid: Bool
  ) -> Matrix {
    var outputs = outputs
    let rows = outputs.count / (isSigmoid ? 1 : classes)
    var matrix = Matrix(rows: rows, columns: classes)
    outputs.withUnsafeMutableBufferPointer { outputs in
      guard let base = outputs.baseAddress else { return }
      if isSigmoid {
        NetworkKernels.activate(.sigmoid, base, to: base, count: rows)
        for row in 0..<rows {
          (matrix[row, 0], matrix[row, 1]) = (1 - Double(base[row]), Double(base[row]))
        }
        return
      }
      NetworkKernels.softmax(base, to: base, rows: rows, columns: classes)
      for place in 0..<rows * classes { matrix.elements[place] = Double(base[place]) }
    }
    return matrix
  }

  /// Writes pictures and hands them to the record.
  func pictures(in folder: FilePath, _ observer: any TrainingObserver) throws {
    guard let confusion, let judgement else { return }
    func keep(_ name: String, _ svg: String) throws {
      let file = folder.appending(name)
      try FileSystem.write(svg, to: file)
      observer.artifact(file, as: "plots/\(name)")
      try FileSystem.remove(file)
    }
    try keep("confusion.svg", ConfusionPicture(confusion).svg)
    guard let images = session.data.test.source as? ImageSamples,
      let labels = session.data.test.labels
    else { return }
    let wrong = labels.indices.filter { labels[$0] != predicted[$0] }.sorted {
      (judgement.losses[$1], $0) < (judgement.losses[$0], $1)
    }
    guard !wrong.isEmpty else { return }
    let samples = wrong.prefix(SamplePicture.most).map { place in
      SamplePicture.Sample(
        index: Int(session.data.test.samples[place]),
        text:
          "\(session.data.classes[Int(labels[place])]) → \(session.data.classes[Int(predicted[place])])"
      )
    }
    try keep(
      "misclassified.svg",
      SamplePicture(
        title: "taken for another class: \(wrong.count) of \(labels.count), the surest first",
        images: images, samples: samples
      ).svg)
  }
}
