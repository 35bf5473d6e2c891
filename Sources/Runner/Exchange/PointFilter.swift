import Platform
import Records

/// Leaves out points of metrics whose names or times may not stand in the records, and tells each name once.
struct PointFilter {
  private let run: RunID
  private let source: String
  private let report: ExchangeReport
  private var lastKey = ""
  private var lastIsAllowed = false
  private var told: Set<String> = []

  init(_ run: RunID, _ source: String, _ report: ExchangeReport) {
    self.run = run
    self.source = source
    self.report = report
  }

  mutating func append(_ batch: [Metric], to points: inout [Metric]) {
    for point in batch {
      if point.key != lastKey || !lastIsAllowed || point.timestamp < 0 {
        lastKey = point.key
        lastIsAllowed = allows(point)
        if !lastIsAllowed { continue }
      }
      points.append(point)
    }
  }

  private mutating func allows(_ point: Metric) -> Bool {
    do throws(RecordFailure) {
      try LogRules.check(point)
      return true
    } catch {
      let isFirst = told.count < 100 && told.insert(point.key).inserted
      if isFirst {
        report.skip(
          Failure(.invalid, "run \(run) of \(source): \(error.failure.message)"))
      } else {
        report.count()
      }
      return false
    }
  }
}
