import Platform
import Records
import SystemPackage

/// Finds what runs read and wrote, as long as something still has it.
struct KeptOutputs {
  let origin: ReplayOrigin

  /// Where the content of an output is: with the run's artifacts, or where the run wrote it if it was not written over, or
  /// brought back from the records' store.
  ///
  /// - Parameter work: a folder for what is brought back.
  func find(_ output: RecordedFile, in work: FilePath) throws -> FilePath? {
    guard output.digest != nil else { return nil }
    let declared = FilePath(output.path)
    let places =
      [origin.artifacts.appending("outputs").pushing(declared)] + origin.places(of: declared)
    if let place = try places.first(where: { try holds(output, at: $0) }) { return place }
    let target = work.appending("kept").appending(declared.lastComponent ?? "output")
    return try restore(output, to: target, within: work) ? target : nil
  }

  /// Brings a recorded content to a place, from wherever it is still to be had.
  ///
  /// - Returns: whether it is there now.
  func bring(_ file: RecordedFile, to path: FilePath, within root: FilePath) throws -> Bool {
    let declared = FilePath(file.path)
    if let place = try origin.places(of: declared).first(where: { try holds(file, at: $0) }) {
      try FileSystem.createDirectory(path.removingLastComponent())
      if FileSystem.exists(path) { try FileSystem.removeTree(path) }
      try FileSystem.copyTree(place, to: path)
      if try holds(file, at: path) { return true }
    }
    return try restore(file, to: path, within: root)
  }

  /// What earlier runs wrote is kept by content.
  private func restore(_ file: RecordedFile, to path: FilePath, within root: FilePath) throws
    -> Bool
  {
    let store = OutputStore(in: origin.records)
    guard file.kind != .missing, try store.has(file) else { return false }
    try FileSystem.createDirectory(path.removingLastComponent())
    do { try store.restore(file, to: path, within: root) } catch let failure as Failure
      where failure.code == .notFound || failure.code == .corrupt
    {
      return false
    }
    return true
  }

  private func holds(_ file: RecordedFile, at place: FilePath) throws -> Bool {
    guard FileSystem.exists(place) else { return false }
    return try ContentDigest.record(file.role, file.path, at: place).digest == file.digest
  }
}
