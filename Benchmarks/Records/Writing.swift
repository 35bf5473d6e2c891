import Platform
import Records

/// Measures writes through the one writer.
struct Writing {
  let store: RecordStore

  func measure() async throws {
    for clients in [1, 8, 64] { try await single(clients: clients, each: 16_000 / clients) }
    for clients in [1, 8] { try await batches(clients: clients, each: 320 / clients) }
    try await runs(clients: 8, each: 250)
  }

  private func single(clients: Int, each: Int) async throws {
    try await time("log_metric, \(clients) clients", clients * each, clients) { client in
      let run = try await store.write { try $0.start(NewRun(startTime: 1)).id }
      for step in 0..<Int64(each) {
        try await store.write {
          try $0.log(Metric("loss", Double(step), timestamp: 1, step: step), to: run)
        }
      }
    }
  }

  private func batches(clients: Int, each: Int) async throws {
    try await time("log-batch of 1,000, \(clients) clients", clients * each * 1000, clients) { _ in
      let run = try await store.write { try $0.start(NewRun(startTime: 1)).id }
      for batch in 0..<Int64(each) {
        let metrics = (0..<Int64(1000)).map {
          Metric("m\($0 % 10)", Double($0), timestamp: batch, step: batch * 100 + $0 / 10)
        }
        try await store.write { try $0.log(metrics: metrics, to: run) }
      }
    }
  }

  private func runs(clients: Int, each: Int) async throws {
    try await time("runs of 10 and 10", clients * each, clients) { _ in
      for index in 0..<each {
        let run = try await store.write { try $0.start(NewRun(startTime: Int64(index))).id }
        try await store.write {
          try $0.log(
            metrics: (0..<10).map { Metric("m\($0)", 1, timestamp: 1) },
            params: (0..<10).map { Param("p\($0)", "\(index)") }, to: run)
        }
        _ = try await store.write { try $0.update(run, status: .finished, endTime: 2) }
      }
    }
  }

  private func time(
    _ name: String, _ count: Int, _ clients: Int,
    _ body: @escaping @Sendable (Int) async throws -> Void
  ) async throws {
    let start = ContinuousClock.now
    let before = ProcessTime.total()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<clients { group.addTask { try await body(client) } }
      try await group.waitForAll()
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    let cpu = ProcessTime.total() - before
    print(
      "\(name): \(Int(Double(count) / seconds)) a second, \(Int(Double(count) / cpu)) a CPU second")
  }
}
