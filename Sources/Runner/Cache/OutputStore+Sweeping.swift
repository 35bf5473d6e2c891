import Platform
import Records
import SystemPackage

extension OutputStore {
  /// What a sweep takes away.
  package struct Sweep: Sendable, Hashable {
    package var objects = 0
    package var size = ByteCount(0)
  }

  /// Removes every object that nothing names.
  ///
  /// - Parameters:
  ///   - files: what stays, folders with all they hold.
  ///   - texts: the digests of single objects that stay.
  ///   - dryRun: only counts.
  package func sweep(
    keeping files: [RecordedFile], _ texts: Set<String>, dryRun: Bool = false
  ) throws -> Sweep {
    guard FileSystem.isDirectory(objects) else { return Sweep() }
    var used = texts
    for file in files {
      guard let digest = file.digest else { continue }
      if used.insert(digest).inserted, file.kind == .folder, let list = try list(of: digest) {
        used.formUnion(list.members.map(\.digest))
      }
    }
    var sweep = Sweep()
    for prefix in try FileSystem.names(in: objects) {
      let folder = objects.appending(prefix)
      for name in try FileSystem.names(in: folder) where !used.contains(prefix + name) {
        let path = folder.appending(name)
        sweep.objects += 1
        sweep.size = ByteCount(sweep.size.bytes + (try FileSystem.linkStatus(path)?.size ?? 0))
        if !dryRun { try FileSystem.remove(path) }
      }
    }
    return sweep
  }
}
