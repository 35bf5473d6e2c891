/// Measures the phases of a training, one after the other.
struct PhaseClock {
  private(set) var timings: [(phase: String, time: Duration)] = []
  private var start = ContinuousClock.now

  /// Ends the phase that is going on, and names it; one that was there already gets longer.
  mutating func finish(_ phase: String) {
    let now = ContinuousClock.now
    if let place = timings.firstIndex(where: { $0.phase == phase }) {
      timings[place].time += start.duration(to: now)
    } else {
      timings.append((phase, start.duration(to: now)))
    }
    start = now
  }
}
