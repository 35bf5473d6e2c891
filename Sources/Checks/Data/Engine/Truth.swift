/// What an expression is in a row.
enum Truth: UInt8, Sendable {
  case fails
  case holds
  /// Something is missing.
  case unknown

  init(_ truth: Bool?) { self = truth.map { $0 ? .holds : .fails } ?? .unknown }

  var negated: Truth {
    switch self {
    case .fails: .holds
    case .holds: .fails
    case .unknown: .unknown
    }
  }

  func and(_ other: Truth) -> Truth {
    if self == .fails || other == .fails { return .fails }
    return self == .holds && other == .holds ? .holds : .unknown
  }

  func or(_ other: Truth) -> Truth {
    if self == .holds || other == .holds { return .holds }
    return self == .fails && other == .fails ? .fails : .unknown
  }
}
