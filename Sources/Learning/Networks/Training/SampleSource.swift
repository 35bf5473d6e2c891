/// Where a network's samples come from.
package protocol SampleSource: Sendable {
  var shape: SampleShape { get }
  var count: Int { get }

  /// Writes one sample as floats; by several threads at a time.
  ///
  /// - Parameter pass: the number of the epoch while a network learns, for what is to be changed by chance; nil otherwise.
  func write(_ sample: Int, to place: UnsafeMutablePointer<Float>, epoch: Int?)
}
