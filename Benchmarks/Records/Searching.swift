import Platform
import Records

/// Measures searches of a hundred runs, and what a page about one run asks for.
struct Searching {
  let store: RecordStore

  func measure() async throws {
    let searches: [(String, RunSearch)] = [
      ("newest", RunSearch(limit: 101)),
      ("newest of an experiment", RunSearch(experiments: [.defaultExperiment], limit: 101)),
      (
        "metric and param",
        try search("metrics.m1 > 0.99 AND params.p1 = 'v7'")
      ), ("rare metric", try search("metrics.m1 > 0.9999")),
      ("frequent", try search("metrics.m1 > 0.5 AND params.p1 = 'v7'")),
      ("none", try search("metrics.m1 > 0.5 AND params.p1 = 'nothing'")),
      ("LIKE", try search("tags.t1 LIKE 'w2%'")),
      ("ordered by a metric", try search("", ["metrics.m2 DESC"])),
      ("ordered by a metric, filtered", try search("params.p3 = 'v1'", ["metrics.m2 DESC"])),
      ("ordered by a param", try search("", ["params.p2 ASC"])),
      ("page 50", RunSearch(experiments: [.defaultExperiment], limit: 101, offset: 5000)),
      ("a page of 1,000", RunSearch(experiments: [.defaultExperiment], limit: 1001)),
    ]
    for (name, search) in searches {
      try await time(name) { try $0.search(search).count }
    }
    let first = try await store.read { try $0.search(RunSearch(limit: 1)).first }
    guard let first else { return }
    try await time("one run") { try $0.run(first.id).metrics.count }
    let long = try await store.read { store in
      try store.search(RunSearch(limit: 100)).max {
        ($0.metrics.first?.step ?? 0) < ($1.metrics.first?.step ?? 0)
      }
    }
    if let long {
      try await time("320 of the points of a metric") {
        try $0.sampledHistory(of: "m0", in: long.id, limit: 320).count
      }
    }
  }

  private func search(_ filter: String, _ order: [String] = []) throws -> RunSearch {
    RunSearch(
      experiments: [.defaultExperiment], filter: try RunFilter(parsing: filter),
      order: try order.map { try RunOrder(parsing: $0) }, limit: 101)
  }

  private func time(
    _ name: String, _ body: @escaping @Sendable (RecordStore) throws -> Int
  ) async throws {
    var times: [Duration] = []
    var count = 0
    for _ in 0..<11 {
      let start = ContinuousClock.now
      count = try await store.read(body)
      times.append(start.duration(to: .now))
    }
    let sorted = times.sorted()
    print("\(name): \(count) rows, first \(times[0]), median \(sorted[5])")
  }
}
