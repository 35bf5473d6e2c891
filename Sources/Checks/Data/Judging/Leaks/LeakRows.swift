import Compute

/// Rows of a table: what a feature is in each, beside the label.
struct LeakRows {
  let values: WordStore
  let labels: WordStore

  /// Gives the rows that have a label.
  @inline(__always)
  func forEach(_ body: (_ value: UInt64, _ label: UInt64) throws -> Void) throws {
    try WordStore.forEachPair(values, labels) { values, labels in
      for row in labels.indices where labels[row] != CellsScan.missing {
        try body(values[row], labels[row])
      }
    }
  }

  /// Gives the rows whose label is a number that is finite, as its distance from a center.
  @inline(__always)
  func forEachNumber(
    from center: Double, _ body: (_ value: UInt64, _ distance: Double) throws -> Void
  ) throws {
    try forEach { value, label in
      let distance = Double(bitPattern: label) - center
      if distance.isFinite { try body(value, distance) }
    }
  }
}

extension WordGroups {
  /// Spreads the words of a feature evenly, as numbers' bits are not.
  @inline(__always)
  static func spread(_ value: UInt64) -> UInt64 { RowHash.mix(value ^ 0x2545_F491_4F6C_DD1D) }

  /// The groups of a feature's words in some tables.
  init(of tables: [LeakRows]) throws {
    self.init()
    for rows in tables { try rows.forEach { value, _ in add(Self.spread(value)) } }
  }
}
