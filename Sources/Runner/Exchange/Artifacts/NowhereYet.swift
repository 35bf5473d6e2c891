/// A place that is not made by a dry run: it holds nothing.
struct NowhereYet: ArtifactPlace {
  func size(of path: [String]) throws -> Int64? { nil }

  func write(
    _ path: [String], size: Int64?,
    content: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws -> Int64 { 0 }
}
