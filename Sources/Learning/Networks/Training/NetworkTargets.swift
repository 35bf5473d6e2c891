/// What a network is to say of its samples.
package enum NetworkTargets: Sendable, Hashable {
  /// The class of each sample.
  case classes([Int32], count: Int)
  /// The number of each sample.
  case numbers([Float])

  package var count: Int {
    switch self {
    case .classes(let labels, _): labels.count
    case .numbers(let numbers): numbers.count
    }
  }

  /// How many numbers a network must give for a sample.
  package var outputCount: Int {
    switch self {
    case .classes(_, let count): count
    case .numbers: 1
    }
  }
}
