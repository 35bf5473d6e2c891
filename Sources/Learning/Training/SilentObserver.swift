import SystemPackage

/// Listens to nothing.
package struct SilentObserver: TrainingObserver {
  package init() {}
  package func metric(_ name: String, _ value: Double, step: Int64) {}
  package func progress(_ progress: TrainingProgress) {}
  package func note(_ text: String) {}
  package func artifact(_ file: FilePath, as name: String) {}
}
