/// How the reader wants curves drawn, as addresses have it: `?x=time&log=1&smooth=0.6&from=10&to=90`.
struct ChartOptions: Sendable, Hashable {
  /// Whether the time since the start is below the curves, not the step.
  var isByTime: Bool
  var isLog: Bool
  /// 0: not at all; below 1.
  var smoothing: Double
  /// The part of the axis that is shown; nil: all of it.
  var range: ClosedRange<Double>?
  /// In pixels.
  var width: Double

  init(_ query: QueryFields) {
    isByTime = query["x"] == "time"
    isLog = query["log"] == "1"
    let weight = query["smooth"].flatMap { Double($0) } ?? 0
    smoothing = weight.isFinite ? min(max(0, weight), 0.99) : 0
    if let from = query["from"].flatMap({ Double($0) }),
      let to = query["to"].flatMap({ Double($0) }), from.isFinite, to.isFinite, from < to
    {
      range = from...to
    }
    let width = query["width"].flatMap { Double($0) } ?? 460
    self.width = width.isFinite ? min(max(240, width), 2400) : 460
  }

  /// The fields of the query but for the range and the width.
  var fields: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    if isByTime { fields.append(("x", "time")) }
    if isLog { fields.append(("log", "1")) }
    if smoothing > 0 { fields.append(("smooth", "\(smoothing)")) }
    return fields
  }
}
