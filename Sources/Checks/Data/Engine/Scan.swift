/// Looks at the rows of a table once: at several blocks at a time, each by itself, and puts together what it saw in the order of
/// the rows. What comes of it depends on the cells alone, not on where blocks end or on how many threads look.
///
/// A class, so that what has been gathered is not copied; `take` is called by one thread at a time.
protocol Scan: AnyObject, Sendable {
  associatedtype Sight: Sendable

  /// What a block shows; nothing is changed.
  func look(at block: RowBlock) -> Sight

  /// Adds what the next block showed.
  ///
  /// - Parameter place: where the block begins.
  /// - Throws: ``Failure``: what is kept does not fit on the disk.
  func take(_ sight: Sight, at place: BlockPlace) throws
}

extension Scan {
  func lookAtAny(_ block: RowBlock) -> any Sendable { look(at: block) }

  func takeAny(_ sight: any Sendable, at place: BlockPlace) throws {
    guard let sight = sight as? Sight else { preconditionFailure("a sight of another scan") }
    try take(sight, at: place)
  }
}

/// A scan that has rows with equal hashes read once more.
protocol ComparingScan: Scan {
  /// The columns whose cells are hashed.
  var comparedColumns: [String] { get }
  /// One whose cells are wanted too.
  var comparedLabel: String? { get }
  var filter: RowExpression? { get }

  /// - Parameter comparison: of rows in these columns.
  func canCompare(by comparison: RowComparison)
}

extension ComparingScan {
  var comparedLabel: String? { nil }
}

/// Where a block begins.
struct BlockPlace: Sendable, Hashable {
  /// Its first row, from 0.
  var row: Int
}
