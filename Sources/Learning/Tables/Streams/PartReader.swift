import Compute
import Platform

/// Gives the rows of a source, part after part.
protocol PartReader {
  /// Empties some parts and fills them with the next rows, in order; fills fewer only at the end, before a problem, and where
  /// what it holds of the source ends.
  ///
  /// - Returns: how many of them are filled, none at the end; some may have no row.
  mutating func fill(_ parts: [TablePart], _ pool: WorkerPool) throws -> PartFilling
}

/// What came of filling parts.
struct PartFilling {
  /// How many of them are filled.
  var count = 0
  /// Why no more can be.
  var problem: (any Error)?
}

extension PartReader {
  /// Reads all parts that are left; see ``TableStream/read(_:threads:look:take:)``.
  ///
  /// - Parameters:
  ///   - firstRow: the number of the first row; moved on.
  ///   - newPart: makes an empty part.
  mutating func read<Partial: Sendable>(
    _ pool: WorkerPool, firstRow: inout Int, newPart: () -> TablePart,
    look: @Sendable (TablePart) throws -> Partial, take: (Partial) throws -> Void
  ) throws {
    // One at a time stays in the processor's cache from its reading to its looking; several keep threads busy.
    let parts = (0..<(pool.threads == 1 ? 1 : pool.threads * 4)).map { _ in newPart() }
    while true {
      try Task.checkCancellation()
      let filling = try fill(parts, pool)
      let filled = parts.prefix(filling.count).filter { $0.rowCount > 0 }
      for part in filled {
        part.firstRow = firstRow
        firstRow += part.rowCount
      }
      let results = pool.map(filled.count) { index in Result { try look(filled[index]) } }
      for result in results { try take(result.get()) }
      if let problem = filling.problem { throw problem }
      if filling.count == 0 { return }
    }
  }
}
