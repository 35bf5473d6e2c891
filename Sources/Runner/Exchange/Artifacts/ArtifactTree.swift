/// Files below one place that can be read.
package protocol ArtifactTree {
  /// All files, folder by folder, in the order of their names; a size of nil is not known.
  func eachFile(_ body: (_ path: [String], _ size: Int64?) throws -> Void) throws

  /// Reads a file from its beginning to its end.
  func read(_ path: [String], _ body: (UnsafeRawBufferPointer) throws -> Void) throws
}
