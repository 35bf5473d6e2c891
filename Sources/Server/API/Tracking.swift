import Platform
import Records
import SystemPackage

/// What the endpoints work on.
package struct Tracking: Sendable {
  package let store: RecordStore

  package init(store: RecordStore) {
    self.store = store
  }

  /// The version of MLflow whose API this is.
  package static let mlflowVersion = "3.17.2"
}
