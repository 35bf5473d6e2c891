import Platform

/// A length of time as options take it: `90s`, `10m`, `2h`, `30d`.
enum TimeLength {
  /// - Returns: milliseconds.
  static func milliseconds(_ text: String) throws -> Int64 {
    let units: [Character: Int64] = ["s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
    let digits = text.dropLast()
    guard let unit = text.last.flatMap({ units[$0] }), let count = Int64(digits),
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    else { throw failure(text) }
    let (product, isTooLong) = count.multipliedReportingOverflow(by: unit)
    guard !isTooLong else { throw failure(text) }
    return product
  }

  private static func failure(_ text: String) -> Failure {
    Failure(.usage, "`\(text)` is not a length of time", hint: "write 90s, 10m, 2h or 30d")
  }
}
