import Compute
import Formats
import Platform

@testable import Learning

extension FuzzTarget {
  /// CSV text part by part, of every size, beside the table that it is as a whole, and beside its records one by one.
  static let csvStream = FuzzTarget(
    name: "csv-stream",
    seeds: [
      "a,b,c\n1,x,2.5\n,\"y \"\"z\"\"\",NA\n", "\u{FEFF}a,b\r\n1,2\r\n\"x\r\ny\",\r\n",
      "a\n\n \n\"x\ny\"\n",
      "a,b\n1,0.25\n123456789,-12345678.5\nx,\"7\"\n", "a\r1\r\r\"2\r\"\r", "a,b\n\"1\"2,\n1,\"\n",
    ],
    words: [
      "\"", "\"\"", ",", "\n", "\r\n", "\r", "NA", "nan", "1e309", "0.125", "12345678", "é",
      "\u{FEFF}",
    ]
  ) { bytes in
    // The first bytes say how it is read.
    guard bytes.count > 2 else { return }
    let (size, threads) = (1 + Int(bytes[0]) % 64, 1 + Int(bytes[1]) % 3)
    let text = Array(bytes[2...])
    for reading in [TablePart.Reading.text, .bytes, .declaredNumbers] {
      let own = outcome {
        let stream = try CSVStream(
          TextOrigin(text, name: nil), dialect: .commas, partSize: size)
        return try StreamedTable.read(stream, reading, threads: threads)
      }
      let other = outcome {
        let names = (try? NaiveCSV(text, dialect: .commas))?.names ?? []
        _ = try TableFile.table(
          text, asText: reading == .declaredNumbers ? [] : Set(names), threads: 1)
        return try NaiveCSV(text, dialect: .commas).expected(reading)
      }
      switch (own, other) {
      case (.success(var own), .success(var other)):
        other.limitStrays(toPartsAt: own.bounds)
        own.bounds = []
        own.sources = []
        for column in own.columns.indices { own.columns[column].words = [] }
        require(own == other, "\(reading): \(own), not \(other)")
      case (.failure(let own), .failure(let other)):
        require("\(own)" == "\(other)", "\(reading): \(own), not \(other)")
      default: require(false, "\(reading): \(own), not \(other)")
      }
    }
  }

  private static func outcome(
    _ body: () throws -> StreamedTable
  ) -> Result<StreamedTable, any Error> {
    Result { try body() }
  }
}
