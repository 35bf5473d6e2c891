/// The cells of a column of text in some rows, as they lie in memory: nothing was looked up. Valid while the part is looked at.
package struct ByteCells {
  struct Place {
    var start: UnsafePointer<UInt8>?
    /// -1 where the cell is missing.
    var count: Int

    static var missing: Place { Place(start: nil, count: -1) }
  }

  let places: UnsafeBufferPointer<Place>

  package var count: Int { places.count }

  @inline(__always)
  package func isMissing(_ row: Int) -> Bool { places[row].count < 0 }

  /// The bytes of a row's cell, UTF-8; nil when it is missing.
  @inline(__always)
  package subscript(row: Int) -> UnsafeBufferPointer<UInt8>? {
    let place = places[row]
    return place.count < 0 ? nil : UnsafeBufferPointer(start: place.start, count: place.count)
  }
}
