/// The values that a column may have.
package enum ValueSet: Sendable, Hashable {
  /// As they are written in the suite; numbers are equal as numbers.
  case values([String])
  /// A line of a file each.
  case file(String)
  /// Those of another table's column.
  case column(TableReference, String)
}
