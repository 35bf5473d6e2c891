/// What a network's samples are made of.
package enum NetworkInput: Sendable, Hashable {
  /// Columns of a table, encoded as numbers.
  case rows(FeatureEncoder)
  /// Images of bytes; means and deviations of each channel's values, which go from 0 to 1.
  case images(SampleShape, means: [Double], deviations: [Double])

  package var shape: SampleShape {
    switch self {
    case .rows(let encoder): SampleShape(encoder.width)
    case .images(let shape, _, _): shape
    }
  }
}
