import Platform
import Records
import SystemPackage

@testable import Runner

extension FuzzTarget {
  /// Lines of `$REPRISE_METRICS`, once in one piece and once in two: the first byte says where it is cut.
  static let metrics = FuzzTarget(
    name: "metrics",
    seeds: [
      "\u{20}{\"key\": \"loss\", \"value\": 0.5, \"step\": 3}\n{\"key\":\"b\",\"value\":\"NaN\",\"timestamp\":1.5e3}\n",
      "\u{05}\r\n{\"key\":\"\",\"value\":1}\n\n{\"key\":\"a\",\"value\":Infinity,\"step\":1e30}",
    ],
    words: [
      "\"key\"", "\"value\"", "\"step\"", "\"timestamp\"", "NaN", "-Infinity",
      "9223372036854775808", "1e19", "\n",
      "\r\n",
    ]
  ) { bytes in
    let text = Array(bytes.dropFirst())
    let cut = min(text.count, Int(bytes.first ?? 0))
    var file = try MetricsFile(creatingAt: workFolder.appending("metrics.jsonl"))
    try FileSystem.write(Array(text[..<cut]), to: file.path, durable: false)
    do {
      var metrics = try all(&file)
      try FileSystem.write(text, to: file.path, durable: false)
      metrics += try all(&file)
      metrics += try all(&file, isLast: true)
      guard var again = try MetricsFile(readingAgain: file.path) else { return }
      let whole = try all(&again, isLast: true)
      let told = { (metrics: [Metric]) in metrics.map { "\($0)" } }
      require(told(metrics) == told(whole), "what is read depends on when")
      require(file.problemCount == again.problemCount, "problems depend on when")
    } catch {
      fatalError("a metrics file that is there cannot be read: \(error)")
    }
  }

  private static func all(_ file: inout MetricsFile, isLast: Bool = false) throws -> [Metric] {
    var metrics: [Metric] = []
    while let page = try file.nextPage(now: 1, isLast: isLast) { metrics += page }
    return metrics
  }
}
