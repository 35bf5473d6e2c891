/// How much a CSV text may ask of the memory before it is refused.
package struct CSVLimits: Sendable, Hashable {
  /// Fields in a record.
  package var fields: Int
  /// Bytes in a field.
  package var fieldBytes: Int
  /// Bytes in a record before its last field.
  package var recordBytes: Int

  package init(
    fields: Int = 100_000, fieldBytes: Int = 16 << 20, recordBytes: Int = 256 << 20
  ) {
    self.fields = fields
    self.fieldBytes = fieldBytes
    self.recordBytes = recordBytes
  }
}
