import Formats
import Platform
import Records
import SystemPackage

/// Brings the record of a run that has ended to its server. It may be begun again: what the server has already changes
/// nothing.
struct Delivery {
  var client: TrackingClient
  let store: RecordStore
  let run: RunID
  /// How many of the metrics the server has; -1 when nobody knows.
  var sentMetrics = -1
  /// As in ``RecordStore/close(_:_:heedingWordsUntil:)``.
  var forcedTime: Int64?
  var progress: (String) -> Void = { _ in }

  private static let page = 10_000

  /// Sends everything, the end last.
  ///
  /// - Returns: the run as the server has it then.
  func send() throws -> RemoteRunInfo {
    var client = client
    client.retries = .long
    let local = try store.run(run)
    let remote = try client.run(run)
    try sendMetrics(local, client)
    try client.log(
      params: local.params.filter { !remote.params.contains($0.key) },
      tags: tags(local).filter { !remote.tags.contains($0.key) }, to: run)
    try client.log(datasets: store.datasets(of: run), to: run)
    try sendArtifacts(local, remote, client)
    let end = RunEnding(status: local.status, endTime: local.endTime ?? 0)
    let heeded = end.heeding(remote.said, at: remote.endTime, until: forcedTime)
    if heeded == end {
      try client.update(run, status: local.status, endTime: local.endTime)
    }
    return try client.run(run)
  }

  private func sendMetrics(_ local: Run, _ client: TrackingClient) throws {
    guard sentMetrics != (try store.metricCount(of: run)) else { return }
    for metric in local.metrics {
      var offset = 0
      while true {
        let points = try store.history(
          of: metric.key, in: run, limit: Delivery.page, offset: offset)
        try client.log(metrics: points, to: run)
        offset += points.count
        if points.count < Delivery.page { break }
      }
    }
  }

  /// What MLflow has no fields for is told in tags.
  private func tags(_ local: Run) -> [Tag] {
    let ends: [(String, String?)] = [
      ("reprise.exit_code", local.exitCode.map { "\($0)" }),
      ("reprise.signal", local.signal.map { "\($0)" }),
      ("reprise.cpu_seconds", local.cpuSeconds.map { "\($0)" }),
      ("reprise.peak_memory", local.peakMemory.map { "\($0)" }),
    ]
    return local.tags + ends.compactMap { name, value in value.map { Tag(name, $0) } }
  }

  /// The files, and the whole record as one of them: all that a replay needs is then on the server.
  private func sendArtifacts(
    _ local: Run, _ remote: RemoteRunInfo, _ client: TrackingClient
  ) throws {
    let folder = FilePath(local.artifactURI)
    try FileSystem.createDirectory(folder)
    var record = local
    record.artifactURI = remote.artifactURI
    if let experiment = ExperimentID(remote.experiment) { record.experiment = experiment }
    try FileSystem.write(
      record.json.text(.indented, sortingKeys: true) + "\n",
      to: folder.appending("reprise.json"), durable: false)
    try RemoteArtifacts(client: client, uri: remote.artifactURI).send(folder) { count in
      progress("sending the record: \(count) file\(count == 1 ? "" : "s")")
    }
  }
}
