import Platform

/// A column of a Parquet file: a leaf of its schema.
package struct ParquetColumn: Sendable, Hashable {
  /// Names from the root down, `address.city` as two.
  package var path: [String]
  package var type: ParquetType
  /// Bytes of each value of a `fixedLengthByteArray`.
  package var length: Int
  package var meaning: ParquetMeaning
  /// The definition level of a value that is there: how many of the path's parts may be missing.
  package var definitionLevels: Int
  /// Whether it stands in a list or a map: several values for a row.
  package var isRepeated: Bool

  /// The path's names with dots between.
  package var name: String { path.joined(separator: ".") }

  /// Why a repeated column cannot be read.
  package var isNoCell: ParseFailure {
    ParseFailure(
      "column `\(name)` holds lists, which are no cells of a table",
      hint: "leave the column out, or write a column for each element")
  }
}
