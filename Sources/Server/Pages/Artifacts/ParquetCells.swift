import Formats
import Platform

/// Values of a Parquet column as a person reads them.
enum ParquetCells {
  /// The first values of a column in the file's first group of rows; a missing one is an empty text.
  static func first(_ limit: Int, of column: Int, in file: ParquetFile) throws -> [String] {
    var chunk = try file.chunk(column, group: 0)
    var cells: [String] = []
    while cells.count < limit, let page = try chunk.next() {
      var values = 0
      for row in 0..<page.rowCount where cells.count < limit {
        if page.isPresent?[row] == false {
          cells.append("")
        } else {
          cells.append(text(page.values, values, chunk))
          values += 1
        }
      }
    }
    return cells
  }

  private static func text(
    _ values: ParquetValues, _ index: Int, _ chunk: ParquetColumnChunk
  ) -> String {
    guard index < values.count else { return "" }
    switch values {
    case .booleans(let list): return list[index] ? "true" : "false"
    case .int32s(let list): return whole(Int64(list[index]), chunk.column.meaning)
    case .int64s(let list): return whole(list[index], chunk.column.meaning)
    case .floats(let list): return "\(list[index])"
    case .doubles(let list): return "\(list[index])"
    case .bytes(let list): return bytes(list[index], chunk.column.meaning)
    case .indices(let list):
      guard let dictionary = chunk.dictionary else { return "" }
      return text(dictionary, Int(list[index]), chunk)
    }
  }

  private static func whole(_ value: Int64, _ meaning: ParquetMeaning) -> String {
    switch meaning {
    case .date where value.magnitude < 1 << 40:
      return String(PageNumber.universal(value * 86_400_000).prefix(10))
    case .timestamp(let unit, _):
      let perMillisecond = Int64(unit.rawValue / 1000)
      return PageNumber.universal(value / max(1, perMillisecond))
    case .unsigned(let bits) where bits == 64: return String(UInt64(bitPattern: value))
    case .unsigned(let bits) where bits == 32: return String(UInt32(truncatingIfNeeded: value))
    case .decimal(let scale) where scale > 0 && scale < 19:
      let digits = String(value.magnitude)
      let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
      return (value < 0 ? "-" : "") + padded.dropLast(scale) + "." + padded.suffix(scale)
    default: return String(value)
    }
  }

  private static func bytes(_ value: ArraySlice<UInt8>, _ meaning: ParquetMeaning) -> String {
    switch meaning {
    case .text: String(decoding: value, as: UTF8.self)
    case .plain where value.allSatisfy { (0x20...0x7E).contains($0) }:
      String(decoding: value, as: UTF8.self)
    default: "0x" + hexadecimal(Array(value.prefix(32)))
    }
  }
}
