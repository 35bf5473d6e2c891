extension OutputTransform {
  /// Makes predictions of margins, in place.
  ///
  /// - Parameter outputs: margins of a row, which stand together.
  package func apply(_ values: inout [Double], outputs: Int) {
    switch self {
    case .identity: break
    case .logistic(let scale), .logisticEach(let scale):
      for i in values.indices { values[i] = 1 / (1 + Elementary8.exponential(-scale * values[i])) }
    case .exponential:
      for i in values.indices { values[i] = Elementary8.exponential(values[i]) }
    case .signedSquare:
      for i in values.indices { values[i] *= values[i].magnitude }
    case .softmax:
      for start in stride(from: 0, to: values.count, by: max(1, outputs)) {
        let row = start..<min(values.count, start + outputs)
        let largest = values[row].max() ?? 0
        var sum = 0.0
        for i in row {
          values[i] = Elementary8.exponential(values[i] - largest)
          sum += values[i]
        }
        for i in row { values[i] /= sum }
      }
    }
  }
}
