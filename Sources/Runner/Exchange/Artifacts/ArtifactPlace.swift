/// A place where files can be put.
package protocol ArtifactPlace {
  /// The size of a file that is there; nil when there is none.
  func size(of path: [String]) throws -> Int64?

  /// Writes a file; it appears whole, or not at all.
  ///
  /// - Parameter content: hands the bytes on, piece by piece.
  /// - Returns: how many bytes were written.
  func write(
    _ path: [String], size: Int64?,
    content: (_ put: (UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Int64
}
