import Platform
import Records

extension OutputStore {
  /// Removes what no recorded run names: neither its outputs nor its key.
  ///
  /// - Parameter dryRun: only counts.
  package func sweep(for runs: RecordStore, dryRun: Bool = false) throws -> Sweep {
    guard FileSystem.isDirectory(objects) else { return Sweep() }
    let lock = try lock(shared: false)
    var texts = try runs.tagValues(of: ResultCache.programsTag)
    for digest in try runs.tagValues(of: ResultCache.keyTag) {
      texts.insert(digest)
      guard let key = try bytes(of: digest).flatMap({ RunKey(parsing: $0) }) else { continue }
      texts.formUnion(key.lists)
    }
    let sweep = try sweep(keeping: runs.distinctFiles(), texts, dryRun: dryRun)
    if !dryRun { _ = try workplace() }
    lock.release()
    return sweep
  }
}

extension RunKey {
  /// The digests of the lists that the parts name.
  fileprivate var lists: [String] {
    let folders = (parts[.inputs] ?? [:]).values.filter { $0.hasPrefix("folder ") }
    return [parts[.sources]?[RunKey.list]].compactMap { $0 }
      + folders.map { String($0.dropFirst(7)) }
  }
}
