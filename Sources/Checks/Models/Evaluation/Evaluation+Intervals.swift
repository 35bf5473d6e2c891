import Compute
import Learning

extension Evaluation {
  /// The interval that a metric of such rows lies in with 95% confidence: Wilson's for shares of rows, else the middle of what
  /// rows drawn again give. Nil when it cannot be told.
  func interval(_ metric: ModelMetric, _ rows: [Int], seed: UInt64, threads: Int)
    -> ClosedRange<Double>?
  {
    if let (hits, trials) = share(metric, rows) {
      guard trials > 0 else { return nil }
      let interval = ProportionInterval.wilson(hits, of: trials)
      return interval.lower...max(interval.lower, interval.upper)
    }
    guard rows.count > 1 else { return nil }
    let values = PairedBootstrap.statistics(
      rows: rows.count, replicates: Self.replicates(rows.count), seed: seed,
      pool: WorkerPool(threads: threads)
    ) { drawn in
      (try? raw(metric, drawn.map { rows[$0] })) ?? .nan
    }.filter(\.isFinite)
    guard values.count > 20 else { return nil }
    let sample = OrderedSample(sorting: values)
    let (low, high) = (sample.quantile(0.025), sample.quantile(0.975))
    return low <= high ? low...high : nil
  }

  /// How often rows are drawn again: 1,000 times; less often where that would be more than 10^8 rows together, and never less than
  /// 100 times, of which the ends of an interval can still be told.
  static func replicates(_ rows: Int) -> Int { min(1000, max(100, 100_000_000 / max(1, rows))) }

  /// The metric as a share of rows, where it is one.
  private func share(_ metric: ModelMetric, _ rows: [Int]) -> (hits: Int, of: Int)? {
    guard !metric.isOfNumbers, let view = try? classes else { return nil }
    func isHit(_ row: Int) -> Bool { view.actual[row] == view.predicted[row] }
    func place(_ average: ModelMetric.ClassAverage) -> Int32? {
      guard case .of(let place)? = try? self.average(average, view) else { return nil }
      return Int32(place)
    }
    switch metric {
    case .accuracy: return (rows.count(where: isHit), rows.count)
    case .recall(let average):
      guard let place = place(average) else { return nil }
      let own = rows.filter { view.actual[$0] == place }
      return (own.count(where: isHit), own.count)
    case .precision(let average):
      guard let place = place(average) else { return nil }
      let own = rows.filter { view.predicted[$0] == place }
      return (own.count(where: isHit), own.count)
    default: return nil
    }
  }
}
