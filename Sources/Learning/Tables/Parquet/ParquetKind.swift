import Compute
import Formats
import Platform

/// What a column of a Parquet file is in a table.
enum ParquetKind: Sendable, Hashable {
  case numbers(areWhole: Bool)
  case truths, text

  /// - Parameter name: what the table calls the column.
  /// - Throws: ``ParseFailure`` for what is no column of a table.
  init(_ column: ParquetColumn, named name: String) throws(ParseFailure) {
    if column.isRepeated { throw column.isNoCell }
    let fits: Bool
    self = .text
    switch (column.meaning, column.type) {
    case (.unsupported(let kind), _):
      throw ParseFailure(
        "column `\(name)` holds values of the kind \(kind), which are not read",
        hint: "leave the column out of the file")
    case (.plain, .boolean): (fits, self) = (true, .truths)
    case (.plain, .int32), (.plain, .int64), (.unsigned, .int32), (.unsigned, .int64):
      (fits, self) = (true, .numbers(areWhole: true))
    case (.plain, .float), (.plain, .double): (fits, self) = (true, .numbers(areWhole: false))
    case (.plain, _): fits = true
    case (.decimal(let scale), let type):
      fits = [.int32, .int64, .byteArray, .fixedLengthByteArray].contains(type)
      self = .numbers(areWhole: scale <= 0)
    case (.float16, let type):
      fits = type == .fixedLengthByteArray && column.length == 2
      self = .numbers(areWhole: false)
    case (.text, let type): fits = type == .byteArray || type == .fixedLengthByteArray
    case (.uuid, let type): fits = type == .fixedLengthByteArray && column.length == 16
    case (.date, let type): fits = type == .int32
    case (.time, let type): fits = type == .int32 || type == .int64
    case (.timestamp, let type): fits = type == .int64
    case (.unsigned, _): fits = false
    }
    guard fits else {
      throw ParseFailure("column `\(name)`: \(column.meaning) cannot be stored as \(column.type)")
    }
  }

  var kind: Column.Kind {
    switch self {
    case .numbers(let areWhole): areWhole ? .int : .float
    case .truths: .bool
    case .text: .text
    }
  }
}
