import Platform
import Records

/// Makes runs of ten metrics, ten parameters and five tags.
struct Filling {
  let store: RecordStore

  /// - Parameter points: of each metric of every hundredth run; the others have one.
  func fill(runs: Int, points: Int) async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    for start in stride(from: 0, to: runs, by: 200) {
      try await store.write { store in
        for index in start..<min(start + 200, runs) {
          let run = try store.start(
            NewRun(
              user: "user\(index % 20)", startTime: 1_700_000_000_000 + Int64(index) * 1000,
              params: (0..<10).map { Param("p\($0)", "v\(Filling.mixed(index, $0) % 50)") },
              tags: (0..<4).map { Tag("t\($0)", "w\(Filling.mixed(index, $0 + 20) % 30)") }))
          let count = index % 100 == 0 ? points : 1
          for step in stride(from: 0, to: count, by: 100) {
            try store.log(
              metrics: (0..<10).flatMap { metric in
                (step..<min(step + 100, count)).map { step in
                  Metric(
                    "m\(metric)",
                    Double(Filling.mixed(index, metric + 40 + step) % 1_000_003) / 1_000_003,
                    timestamp: 1_700_000_000_000 + Int64(step), step: Int64(step))
                }
              }, to: run.id)
          }
          try store.update(run.id, status: .finished, endTime: 1_700_000_100_000)
        }
      }
      if start % 50_000 == 0 { print("\(start) runs, \(clock.now - begin)") }
    }
    print("\(runs) runs in \(clock.now - begin)")
  }

  /// A number that looks random and is the same each time.
  static func mixed(_ a: Int, _ b: Int) -> Int {
    var x =
      UInt64(bitPattern: Int64(a)) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(b) &* 0xBF58_476D_1CE4_E5B9
    x ^= x >> 30
    x = x &* 0x94D0_49BB_1331_11EB
    return Int((x ^ (x >> 31)) >> 2)
  }
}
