import Formats
import Platform
import Records
import SystemPackage

/// The points of a run's metrics as its archive has them: a line of JSON each, `{"key","value","step","timestamp"}`.
enum BundlePoints {
  /// Points that are read or written at once.
  private static let batch = 10_000

  /// Writes the points of a run to a file.
  static func write(of run: RunID, in store: RecordStore, to file: FilePath) throws {
    try FileSystem.write(to: file, durable: false) { put in
      try store.eachBatch(of: run, size: batch) { points in
        try put(JSONValue.lines(points.map(json)))
      }
    }
  }

  private static func json(_ metric: Metric) -> JSONValue {
    .object([
      .init("key", .string(metric.key)), .init("value", value(metric.value)),
      .init("step", .int(metric.step)), .init("timestamp", .int(metric.timestamp)),
    ])
  }

  /// JSON has no word for what is no number.
  private static func value(_ value: Double) -> JSONValue {
    if value.isFinite { return .double(value) }
    return .string(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
  }

  /// Reads them again, some at a time.
  ///
  /// - Throws: ``Failure`` with `.parse` for a line that is none.
  static func read(_ file: FilePath, _ body: ([Metric]) throws -> Void) throws {
    let bytes = try FileSystem.read(file, limit: 1 << 32)
    var points: [Metric] = []
    for (index, line) in bytes.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let point = metric(line) else {
        throw Failure(
          .parse, "a point of a metric is damaged",
          at: SourceLocation(file: BundleLayout.metrics, line: index + 1))
      }
      points.append(point)
      if points.count == batch {
        try body(points)
        points.removeAll(keepingCapacity: true)
      }
    }
    if !points.isEmpty { try body(points) }
  }

  private static func metric(_ line: ArraySlice<UInt8>) -> Metric? {
    guard let json = try? JSONValue(parsing: String(decoding: line, as: UTF8.self)),
      let key = json["key"]?.string, let step = json["step"]?.int,
      let timestamp = json["timestamp"]?.int
    else { return nil }
    let value: Double? =
      switch json["value"]?.string {
      case "NaN": .nan
      case "Infinity": .infinity
      case "-Infinity": -.infinity
      default: json["value"]?.number
      }
    return value.map { Metric(key, $0, timestamp: timestamp, step: step) }
  }
}
