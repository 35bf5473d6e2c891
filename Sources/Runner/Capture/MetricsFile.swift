import Formats
import Glibc
import Platform
import Records
import SystemPackage

/// Reads the metrics that a child appends to `$REPRISE_METRICS` while it runs: one JSON object a line,
/// `{"key": "loss", "value": 0.5, "step": 3}`; `step` is 0 and `timestamp` (milliseconds) the time of reading when absent.
struct MetricsFile {
  let path: FilePath
  private var offset: Int64 = 0
  private var line = 0
  /// The lines that could not be read, the first few of them.
  private(set) var problems: [Failure] = []
  private(set) var problemCount = 0

  /// Bytes read at a time: a few thousand metrics, so that a million of them take no more memory than these.
  private static let page = 1 << 18
  private static let longestLine = 1 << 16

  /// Creates the file, empty.
  init(creatingAt path: FilePath) throws {
    self.path = path
    try FileSystem.createDirectory(path.removingLastComponent())
    try FileSystem.openForWriting(path).close()
  }

  /// Takes up a file that another process left, from its start: a metric that is logged again changes nothing.
  init?(readingAgain path: FilePath) throws {
    guard FileSystem.isFile(path) else { return nil }
    self.path = path
  }

  /// The metrics of the next lines that were completed, a page of them; at the end also of one without a line end.
  ///
  /// - Returns: nil when no line was completed since; an empty page is one whose lines held no metric.
  mutating func nextPage(now: Int64, isLast: Bool = false) throws -> [Metric]? {
    guard let status = try FileSystem.status(path) else { return nil }
    // A child that opened it anew starts it from the beginning.
    if status.size < offset { offset = 0 }
    guard status.size > offset else { return nil }
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    let bytes = try piece(of: file)
    guard let end = bytes.lastIndex(of: 0x0A).map({ $0 + 1 }) ?? end(of: bytes, isLast) else {
      return nil
    }
    var metrics: [Metric] = []
    var start = 0
    while start < end {
      let stop = bytes[start..<end].firstIndex(of: 0x0A) ?? end
      line += 1
      if let metric = parse(Array(bytes[start..<stop]), now) { metrics.append(metric) }
      start = stop + 1
    }
    offset += Int64(end)
    return metrics
  }

  private func end(of bytes: [UInt8], _ isLast: Bool) -> Int? {
    bytes.isEmpty || !(isLast || bytes.count >= MetricsFile.longestLine) ? nil : bytes.count
  }

  private func piece(of file: FileDescriptor) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: MetricsFile.page) { buffer, count in
      let read = pread(file.rawValue, buffer.baseAddress, buffer.count, off_t(offset))
      guard read >= 0 else { throw Failure(errno: errno, "read", path) }
      count = read
    }
  }

  private mutating func parse(_ text: [UInt8], _ now: Int64) -> Metric? {
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return nil }
    do throws(ParseFailure) {
      let value = try JSONValue(parsing: text, allowsNonFinite: true)
      guard let key = value["key"]?.string, !key.isEmpty else { throw ParseFailure("no `key`") }
      guard let number = value["value"].flatMap(MetricsFile.number) else {
        throw ParseFailure("no number under `value`")
      }
      let metric = Metric(
        key, number, timestamp: value["timestamp"].flatMap(MetricsFile.whole) ?? now,
        step: value["step"].flatMap(MetricsFile.whole) ?? 0)
      // One that the record refuses must not keep back those beside it.
      do { try LogRules.check(metric) } catch { throw ParseFailure(error.failure.message) }
      return metric
    } catch {
      problemCount += 1
      if problems.count < 5 {
        problems.append(
          Failure(
            .parse, "a line of $REPRISE_METRICS was not understood: \(error.message)",
            at: SourceLocation(file: path.lastComponent?.string ?? "metrics", line: line)))
      }
      return nil
    }
  }

  /// A number, or one of the words that JSON writers use for those that JSON lacks.
  private static func number(_ value: JSONValue) -> Double? {
    if let number = value.number { return number }
    switch value.string {
    case "NaN": return .nan
    case "Infinity": return .infinity
    case "-Infinity": return -.infinity
    default: return nil
    }
  }

  private static func whole(_ value: JSONValue) -> Int64? {
    value.int ?? value.number.flatMap { Int64(exactly: $0.rounded(.towardZero)) }
  }
}
