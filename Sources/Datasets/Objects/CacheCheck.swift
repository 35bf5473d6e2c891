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
    /// Those of them whose md5 is right, and that are not what was added.
    package var replaced: [ObjectName] = []
    /// Those that could not be read.
    package var failures: [Failure] = []
  }

  let cache: ObjectCache
  let watch: FileWatch

  private let strong: [ObjectName: StrongDigest]
  /// Listings of SHA-256 that are damaged or not there.
  private var problems: [Failure] = []

  /// - Parameter outputs: those whose SHA-256, where they name any, are compared as well.
  package init(
    _ cache: ObjectCache, of outputs: [PointerOutput] = [], watch: FileWatch = FileWatch()
  ) {
    self.cache = cache
    self.watch = watch
    var strong: [ObjectName: StrongDigest] = [:]
    // A folder whose listing is not in the cache has nothing here that could be compared.
    for output in outputs where output.object.map(cache.contains) == true {
      do {
        for (name, digest) in try cache.strongDigests(of: output) {
          guard strong.updateValue(digest, forKey: name).map({ $0 == digest }) == false else {
            continue
          }
          problems.append(
            StrongDigest.tampered("the pointers name two contents `\(name.text)`", hint: nil))
        }
      } catch {
        problems.append(error as? Failure ?? Failure(.io, "cannot read a folder's SHA-256"))
      }
    }
    self.strong = strong
  }

  package func run() throws -> Result {
    let names = try cache.names().sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    var table = FileTable()
    table.reserve(names.count)
    for name in names { table.append(path: name.key.utf8, FileTable.Entry()) }
    var intake = FileIntake(
      root: cache.folder, progress: watch.progress, isCancelled: watch.isCancelled)
    let strong = strong
    if !strong.isEmpty { intake.isStrong = { strong[names[$0]] != nil } }
    let outcome = try intake.run(table, Array(names.indices))
    var result = Result(objects: names.count, failures: problems + outcome.failures.map(\.failure))
    for (index, entry) in outcome.entries.enumerated() {
      guard let entry else { continue }
      result.bytes &+= entry.size
      if entry.digest != names[index].digest {
        result.damaged.append(names[index])
      } else if outcome.strong[index] != strong[names[index]] {
        result.damaged.append(names[index])
        result.replaced.append(names[index])
      }
    }
    try checkLegacy(&result)
    return result
  }

  /// Objects of DVC before version 3, whose names need their line ends read: one after the other.
  private func checkLegacy(_ result: inout Result) throws {
    let names = try cache.names(.legacy).sorted {
      $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
    }
    for name in names {
      let path = cache.path(name)
      do {
        let digest = try LegacyDigest.digest(of: path, isCancelled: watch.isCancelled)
        result.objects += 1
        result.bytes &+= cache.size(name) ?? 0
        if digest != name.digest { result.damaged.append(name) }
      } catch let failure as Failure where failure.code != .interrupted {
        result.failures.append(failure)
      }
    }
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
