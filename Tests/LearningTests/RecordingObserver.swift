import Learning
import Synchronization
import SystemPackage

/// Keeps what a trainer says.
final class RecordingObserver: TrainingObserver {
  struct Metric: Sendable {
    var name: String
    var value: Double
    var step: Int64
  }

  private let state = Mutex(
    (metrics: [Metric](), progress: [TrainingProgress](), notes: [String]()))
  private let onMetric: @Sendable (Metric) -> Void

  init(onMetric: @escaping @Sendable (Metric) -> Void = { _ in }) { self.onMetric = onMetric }

  var metrics: [Metric] { state.withLock { $0.metrics } }
  var progress: [TrainingProgress] { state.withLock { $0.progress } }
  var notes: [String] { state.withLock { $0.notes } }

  func metric(_ name: String, _ value: Double, step: Int64) {
    let metric = Metric(name: name, value: value, step: step)
    state.withLock { $0.metrics.append(metric) }
    onMetric(metric)
  }
  func progress(_ progress: TrainingProgress) { state.withLock { $0.progress.append(progress) } }
  func note(_ text: String) { state.withLock { $0.notes.append(text) } }
  func artifact(_ file: FilePath, as name: String) {}
}
