import HTTPTypes
import Platform
import Records

extension RecordStore {
  /// The curves of a metric of some runs that have it.
  func curves(of key: String, in runs: [(run: Run, colour: Int)]) throws -> [Curve] {
    try runs.compactMap { run, colour in
      let history = try history(of: key, in: run.id, limit: CurveLimits.points)
      return history.isEmpty
        ? nil : Curve(name: run.name, colour: colour, history, start: run.startTime)
    }
  }
}

enum CurveLimits {
  /// Points that are read for one curve.
  static let points = 1_000_000
  /// Runs that are compared at a time.
  static let runs = 24
}

extension Pages {
  /// One picture, as a script asks for it: `/chart?key=loss&run=…&smooth=0.6`.
  func chart(_ at: PageContext) async throws -> ServerAnswer? {
    guard let key = at.query["key"] else { return nil }
    let ids = try await runIDs(at)
    let curves = try await store.read { store in
      try store.curves(of: key, in: try ids.enumerated().map { (try store.run($1), $0) })
    }
    let height = at.query["height"].flatMap { Double($0) } ?? 220
    let chart = CurveChart(
      at: at, title: key, curves: curves, options: ChartOptions(at.query),
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
