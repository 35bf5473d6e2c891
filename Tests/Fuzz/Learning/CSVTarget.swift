import Compute
import Formats
import Learning

extension FuzzTarget {
  /// CSV text, there and back, and the typed table that it makes.
  static let csv = FuzzTarget(
    name: "csv",
    seeds: [
      "a,b,c\n1,x,2.5\n,\"y \"\"z\"\"\",NA\n", "\u{FEFF}a;b\r\n1;2\r\n", "a\n\n \n\"x\ny\"\n",
      "a,a,\n1,2,3",
      "n\n1\n2\n1e400\n-inf\nnan\n0x10\n1_0\ntrue\n",
    ],
    words: [
      "\"", "\"\"", ",", "\r\n", "NA", "nan", "inf", "1e309", "True", "-0", "99999999999999999999",
    ]
  ) { bytes in
    for dialect in [CSVDialect.commas, .tabs, CSVDialect(delimiter: 0x3B, quote: 0x27)] {
      _ = try? TableFile.table(bytes, dialect: dialect)
      _ = try? CSVReader(bytes, dialect: CSVDialect(delimiter: bytes.first ?? 0))
      guard let records = try? records(bytes, dialect) else { continue }
      require(Set(records.map(\.count)).count <= 1, "records of different lengths")
      var writer = CSVWriter(dialect: dialect)
      for record in records { writer.write(record) }
      require(
        (try? FuzzTarget.records(writer.bytes, dialect)) == records, "does not read back the same")
    }
  }

  private static func records(_ bytes: [UInt8], _ dialect: CSVDialect) throws -> [[String]] {
    var reader = try CSVReader(
      bytes, dialect: dialect, limits: CSVLimits(fields: 1000, fieldBytes: 1 << 16))
    var records: [[String]] = []
    while let record = try reader.next() { records.append(record) }
    return records
  }
}
