import Glibc
import Platform
import SystemPackage

/// Reads every object of a cache again and compares it with its name.
package struct CacheCheck: Sendable {
  package struct Result: Sendable {
    package var objects = 0
    package var bytes: Int64 = 0
    /// Objects that hold something else than their names say.
    package var damaged: [ObjectName] = []
    /// Those that could not be read.
    package var failures: [Failure] = []
  }

  let cache: ObjectCache
  let watch: FileWatch

  package init(_ cache: ObjectCache, watch: FileWatch = FileWatch()) {
    self.cache = cache
    self.watch = watch
  }

  package func run() throws -> Result {
    let names = try cache.names().sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var table = FileTable()
    table.reserve(names.count)
    for name in names { table.append(path: name.key.utf8, FileTable.Entry()) }
    let intake = FileIntake(
      root: cache.folder, progress: watch.progress, isCancelled: watch.isCancelled)
    let outcome = try intake.run(table, Array(names.indices))
    var result = Result(objects: names.count, failures: outcome.failures.map(\.failure))
    for (index, entry) in outcome.entries.enumerated() {
      guard let entry else { continue }
      result.bytes &+= entry.size
      if entry.digest != names[index].digest { result.damaged.append(names[index]) }
    }
    return result
  }

  /// Moves damaged objects out of the way, so that nobody takes them for what they are called.
  ///
  /// - Returns: where they are now.
  package func setAside(_ names: [ObjectName]) throws -> FilePath {
    let folder = cache.folder.pushing("reprise/damaged")
    try FileSystem.createDirectory(folder)
    for name in names {
      try FileSystem.rename(cache.path(name), to: folder.appending(name.text))
    }
    return folder
  }
}
