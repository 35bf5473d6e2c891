import Formats
import Glibc
import Platform

/// The lines of a metric's file of MLflow's file store, read piece by piece.
///
/// A line is `TIME VALUE [STEP [RUN] [DATASET DIGEST]]`: the run stands in the metrics of logged models only. Lines that
/// are none are told with their number, the first of them one by one.
struct MetricLines {
  struct Line {
    var timestamp: Int64
    var value: Double
    var step: Int64
    /// What stands behind the step.
    var rest: [String]
  }

  private let files: ForeignFolder
  private let path: [String]

  /// Bytes; longer lines are none of MLflow's.
  private static let longest = 4096
  /// Broken lines that are told one by one.
  private static let told = 3

  init(_ files: ForeignFolder, _ path: [String]) {
    self.files = files
    self.path = path
  }

  func each(_ body: (Line) throws -> Void) throws {
    let file: ConfinedFile
    do { file = try files.folder.openFile(path) } catch let failure as Failure {
      return files.report.skip(failure)
    }
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var (filled, offset, number, broken) = (0, Int64(0), 0, 0)
    var isTooLong = false
    func take(_ line: Slice<UnsafeBufferPointer<UInt8>>) throws {
      number += 1
      defer { isTooLong = false }
      if !isTooLong, let parsed = Self.parse(line) { return try body(parsed) }
      if !isTooLong, line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return }
      broken += 1
      if broken <= Self.told { tell(number) }
    }
    while true {
      let count = try buffer.withUnsafeMutableBytes { bytes in
        try file.read(into: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]), at: offset)
      }
      offset += Int64(count)
      filled += count
      filled = try buffer.withUnsafeMutableBufferPointer { bytes in
        var start = 0
        while let end = bytes[start..<filled].firstIndex(of: 0x0A) {
          try take(UnsafeBufferPointer(bytes)[start..<end])
          start = end + 1
        }
        if count == 0 {
          if start < filled || isTooLong { try take(UnsafeBufferPointer(bytes)[start..<filled]) }
          return 0
        }
        if filled - start > Self.longest {
          isTooLong = true
          return 0
        }
        for index in start..<filled { bytes[index - start] = bytes[index] }
        return filled - start
      }
      if count == 0 { break }
    }
    if broken > Self.told {
      files.report.skip(
        Failure(
          .parse, "\(broken - Self.told) more lines of `\(files.shown(path))` are no points"),
        count: broken - Self.told)
    }
  }

  private func tell(_ number: Int) {
    files.report.skip(
      Failure(
        .parse, "a line that is no point of a metric: TIME VALUE STEP",
        at: SourceLocation(file: files.shown(path), line: number)))
  }

  private static func parse(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Line? {
    let words = line.split(whereSeparator: { $0 == 0x20 || $0 == 0x0D })
    guard words.count >= 2, words.count <= 6, let time = whole(words[0]),
      let value = number(words[1])
    else { return nil }
    var step: Int64 = 0
    if words.count >= 3 {
      guard let given = whole(words[2]) else { return nil }
      step = given
    }
    return Line(
      timestamp: time, value: value, step: step,
      rest: words.dropFirst(3).map { String(decoding: $0, as: UTF8.self) })
  }

  private static func whole(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int64? {
    var rest = digits
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    guard !rest.isEmpty else { return nil }
    var value: Int64 = 0
    for byte in rest {
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (product, overflows) = value.multipliedReportingOverflow(by: 10)
      let (sum, carries) = product.subtractingReportingOverflow(Int64(byte - 0x30))
      guard !overflows, !carries else { return nil }
      value = sum
    }
    if isNegative { return value }
    return value == .min ? nil : -value
  }

  private static func number(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    // `inf`, `nan` and what Python's float() reads beside plain digits go the long way.
    let isPlain = word.allSatisfy {
      ($0 >= 0x30 && $0 <= 0x39) || [0x2B, 0x2D, 0x2E, 0x45, 0x65].contains($0)
    }
    let text = String(decoding: word, as: UTF8.self)
    return isPlain ? Double(text) : PythonNumber.float(text)
  }
}
