/// The number of an experiment, written in decimal. ``defaultExperiment`` always exists.
package struct ExperimentID: Sendable, Hashable, Comparable {
  package let number: Int64

  /// The experiment `Default`, number 0, that runs go to when nothing else is said.
  package static let defaultExperiment = ExperimentID(number: 0)

  init(number: Int64) { self.number = number }

  /// The id that a text spells: decimal digits only.
  package init?(_ text: String) {
    guard text.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }),
      let number = Int64(text)
    else { return nil }
    self.number = number
  }

  package static func < (left: Self, right: Self) -> Bool { left.number < right.number }
}

extension ExperimentID: CustomStringConvertible {
  package var description: String { String(number) }
}
