import Platform

/// What is taken out of a notebook; the options of nbstripout, with its defaults.
package struct StripOptions: Sendable {
  /// Nil: as the notebook's own metadata says (`keep_output`).
  package var keepsOutput: Bool?
  package var keepsCount = false
  package var keepsIDs = false
  package var keys: [MetadataKey] = MetadataKey.noise.compactMap { MetadataKey($0) }
  package var dropsEmptyCells = false
  package var droppedTags: [String] = []
  /// Whether the outputs of cells with `init_cell` go as well.
  package var stripsInitialCells = false
  package var droppedOutputs: [OutputKind] = []
  package var keptOutputs: [OutputKind] = []
  /// Outputs that have at most so many characters stay.
  package var largestKept = 0

  package init() {}

  /// A number of characters: `500`, `10k`, `2M`, `1G`, by thousands.
  ///
  /// - Throws: ``Failure`` (`.usage`).
  package static func size(_ text: String) throws -> Int {
    let factors: [Character: Int] = ["K": 1_000, "M": 1_000_000, "G": 1_000_000_000]
    let upper = text.uppercased()
    let factor = upper.last.flatMap { factors[$0] }
    if let number = Int(factor == nil ? upper : String(upper.dropLast())), number >= 0 {
      let (size, isTooLarge) = number.multipliedReportingOverflow(by: factor ?? 1)
      if !isTooLarge { return size }
    }
    throw Failure(
      .usage, "`\(text)` is no size", hint: "write a number, or one with k, M or G: 10k")
  }
}
