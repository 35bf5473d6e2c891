import Formats
import Platform

/// A key of an entry point whose value may have parts of its own, such as `cv: {folds: 5}`.
package struct Setting: Sendable, Hashable {
  package var name: String
  package var value: JSONValue
  /// Where its keys stand, by their path: `cv`, `cv.folds`.
  package var places: [String: SourceLocation]

  package init(_ name: String, _ value: JSONValue, places: [String: SourceLocation] = [:]) {
    self.name = name
    self.value = value
    self.places = places
  }

  /// Where a key of a mapping stands, or the setting itself.
  package func location(of key: String? = nil) -> SourceLocation? {
    key.flatMap { places["\(name).\($0)"] } ?? places[name]
  }
}
