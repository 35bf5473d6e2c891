@testable import Records

extension Run {
  /// A run that started at 1,000,000 ms and took 2.5 s.
  static func sample(
    _ name: String = "calm-otter", id: String = "3f2a91c0", params: [Param] = [],
    metrics: [Metric] = [], tags: [Tag] = [], change: (inout Run) -> Void = { _ in }
  ) throws -> Run {
    let padding = String(repeating: "0", count: 32 - id.count)
    var run = Run(
      id: RunID(id + padding) ?? .random(), experiment: .defaultExperiment, name: name, user: "ada",
      host: "here", status: .finished, startTime: 1_000_000, endTime: 1_002_500,
      artifactURI: "/artifacts", entryPoint: "train", exitCode: 0, params: params,
      metrics: metrics, tags: tags, inputs: [], outputs: [])
    change(&run)
    return run
  }
}
