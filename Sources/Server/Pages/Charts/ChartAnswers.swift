import HTTPTypes
import Platform
import Records

extension RecordStore {
  /// The curve of a metric of a run, over the range that is shown; nil when it has none there.
  ///
  /// - Parameter most: how many values may be read.
  /// - Throws: ``CurveLimits/TooLong`` when there are more.
  func curve(
    of key: String, in run: Run, colour: Int = 0, _ options: ChartOptions? = nil, most: Int = .max
  ) throws -> Curve? {
    var (steps, times): (ClosedRange<Int64>, ClosedRange<Int64>) = (.min ... .max, .min ... .max)
    if let options, let range = options.range {
      if options.isByTime {
        times = CurveLimits.whole(range, times: 1000, from: run.startTime)
      } else {
        steps = CurveLimits.whole(range)
      }
    }
    let outline = try outline(
      of: key, in: run.id, limit: CurveLimits.points, steps: steps, times: times, most: most)
    guard let outline else { throw CurveLimits.TooLong() }
    return outline.count == 0
      ? nil : Curve(name: run.name, colour: colour, outline, start: run.startTime)
  }
}

enum CurveLimits {
  /// There are more values than may be read.
  struct TooLong: Error {}

  /// Points that are kept of one curve, before it is known how wide it is drawn.
  static let points = 2000
  /// Values that are read for a page before it is sent; curves beyond come when they are looked at.
  static let perPage = 200_000
  /// Runs that are compared at a time.
  static let runs = 24

  /// A range in whole numbers of a unit, as far as there are any.
  static func whole(
    _ range: ClosedRange<Double>, times factor: Double = 1, from start: Int64 = 0
  ) -> ClosedRange<Int64> {
    let place = { (value: Double) -> Int64 in
      let number = (value * factor + Double(start)).rounded()
      return Int64(exactly: min(max(number, -9.2e18), 9.2e18)) ?? 0
    }
    return place(range.lowerBound)...max(place(range.lowerBound), place(range.upperBound))
  }
}

extension Pages {
  /// One picture, as a script asks for it: `/chart?key=loss&run=…&smooth=0.6`.
  func chart(_ at: PageContext) async throws -> ServerAnswer? {
    guard let key = at.query["key"] else { return nil }
    let ids = try await runIDs(at)
    let options = ChartOptions(at.query)
    let curves = try await store.read { store in
      try ids.enumerated().compactMap {
        try store.curve(of: key, in: try store.run($1), colour: $0, options)
      }
    }
    let height = at.query["height"].flatMap { Double($0) } ?? 220
    let chart = CurveChart(
      at: at, title: key, curves: curves, options: options,
      height: height.isFinite ? min(max(120, height), 1200) : 220)
    return ServerAnswer(page: chart.svg)
  }

  /// All values as a table of text.
  func series(_ at: PageContext) async throws -> ServerAnswer? {
    guard let key = at.query["key"] else { return nil }
    let ids = try await runIDs(at)
    let text = try await store.read { store in
      var text = "run,step,timestamp,value\n"
      for id in ids {
        for metric in try store.history(of: key, in: id) {
          text += "\(id),\(metric.step),\(metric.timestamp),\(metric.value)\n"
        }
      }
      return text
    }
    var answer = ServerAnswer("text/csv; charset=utf-8", text)
    answer.headers[.contentDisposition] = "attachment; filename=\"values.csv\""
    answer.headers[.xContentTypeOptions] = "nosniff"
    return answer
  }

  /// The runs that the query names, at most as many as can be compared.
  func runIDs(_ at: PageContext) async throws -> [RunID] {
    var ids: [RunID] = []
    for text in at.query.all("run").prefix(CurveLimits.runs) { ids.append(try await runID(text)) }
    return ids.unique
  }
}
