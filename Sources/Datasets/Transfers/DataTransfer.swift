import Glibc
import Platform
import Synchronization
import SystemPackage

/// Moves objects between the cache and a remote. Contents are checked against their names on the way in and on the way
/// out; the listing of a folder is written to a remote only when all of its files are there, so that its being there says
/// that they are.
package struct DataTransfer: Sendable {
  package let cache: ObjectCache
  package let store: any ObjectStore
  /// How many objects are moved at once.
  package var jobs = 16
  let watch: FileWatch

  package init(cache: ObjectCache, store: any ObjectStore, watch: FileWatch = FileWatch()) {
    self.cache = cache
    self.store = store
    self.watch = watch
  }

  package struct Result: Sendable {
    /// Objects that were moved.
    package var moved = 0
    package var bytes: Int64 = 0
    /// What could not be; the rest was moved.
    package var failures: [Failure] = []
  }

  // MARK: Push

  /// Makes sure that a remote holds the contents of outputs.
  package func push(_ outputs: [PointerOutput]) throws -> Result {
    var result = Result()
    var wanted: Set<ObjectName> = []
    var listings: [ObjectName: [ObjectName]] = [:]
    // Outputs of which something is to be sent, and whose SHA-256 can be compared here.
    var checked: [PointerOutput] = []
    let outputs = outputs.filter { $0.isPushed && $0.isCached }
    for output in outputs {
      guard let object = output.object else { continue }
      guard object.isFolder else {
        checked.append(output)
        wanted.insert(object)
        continue
      }
      // A listing that is there says that its files are.
      guard listings[object] == nil, try store.size(of: object.key) == nil else { continue }
      let table = try cache.listing(object)
      let files = table.entries.map { ObjectName($0.digest, family: object.family) }
      listings[object] = files
      if let digest = output.strong, FileSystem.exists(cache.strongPath(digest)) {
        checked.append(output)
      }
      wanted.formUnion(files)
    }
    let strong = strongDigests(of: checked, &result).digests
    if !listings.isEmpty || wanted.count > 0 { wanted.subtract(try present(wanted)) }
    let sorted = wanted.sorted { $0.digest < $1.digest }
    let failed = upload(sorted, strong, &result)
    pushStrong(outputs, &result)
    for (listing, files) in listings.sorted(by: { $0.key.digest < $1.key.digest })
    where failed.isDisjoint(with: files) {
      _ = upload([listing], [:], &result)
    }
    for digest in Set(outputs.compactMap(\.extras)).sorted() {
      do { try push(extras: digest) } catch {
        result.failures.append(
          error as? Failure ?? Failure(.io, "cannot push `\(ObjectCache.extrasKey(digest))`"))
      }
    }
    if watch.isCancelled() { throw Failure(.interrupted, "interrupted; what was pushed stays") }
    return result
  }

  /// Which of some objects a remote has.
  private func present(_ names: Set<ObjectName>) throws -> Set<ObjectName> {
    guard names.count > 32 else { return try names.filter { try store.size(of: $0.key) != nil } }
    var found: Set<ObjectName> = []
    for family in Set(names.map(\.family)) {
      let top = family == .md5 ? "files/md5/" : ""
      try store.list(top) { key, _ in
        let parts = key.dropFirst(top.utf8.count).split(separator: "/")
        guard parts.count == 2,
          let name = ObjectName(String(parts[0]) + String(parts[1]), family: family)
        else { return }
        found.insert(name)
      }
    }
    return found
  }

  /// - Returns: those that failed.
  private func upload(
    _ names: [ObjectName], _ strong: [ObjectName: StrongDigest], _ result: inout Result
  ) -> Set<ObjectName> {
    move(names, &result) { name, context in
      let path = cache.path(name)
      guard let status = try FileSystem.status(path) else {
        throw Failure(
          .notFound, "the content `\(name.text)` is not in the cache", hint: "reprise data fetch")
      }
      let (digest, second) = try digests(of: path, name.family, isStrong: strong[name] != nil)
      guard digest == name.digest else {
        throw Failure(
          .corrupt,
          "the object `\(name.text)` in the cache does not hold what its name says; it was not pushed",
          hint: "`reprise data add` keeps the content anew")
      }
      guard second == strong[name] else {
        throw StrongDigest.tampered(
          "the object `\(name.text)` in the cache is not what was added; it was not pushed",
          hint: "`reprise data verify --repair` fetches it again")
      }
      var context = context
      context.replaces = false
      if name.family == .md5 { context.md5 = name.digest }
      try store.upload(path, to: name.key, context)
      return status.size
    }
  }

  /// Sends files that are in no cache. Each is copied and checked first: it may change, and what a remote holds must be what
  /// its name says.
  ///
  /// - Parameter listing: of the folder that the files are of; it is sent when all of them are there.
  func push(
    _ files: [ObjectName: FilePath], listing: (name: ObjectName, bytes: [UInt8])?
  ) throws -> Result {
    var result = Result()
    if let listing, try store.size(of: listing.name.key) != nil { return result }
    let work = try cache.temporary()
    let wanted = Set(files.keys).subtracting(try present(Set(files.keys)))
    let path = work.path
    let failed = move(wanted.sorted { $0.digest < $1.digest }, &result) { name, context in
      guard let source = files[name] else { return 0 }
      let copy = path.appending(name.digest.hex)
      try FileSystem.copyTree(source, to: copy)
      defer { try? FileSystem.remove(copy) }
      guard try digests(of: copy, name.family, isStrong: false).0 == name.digest else {
        throw Failure(
          .conflict, "`\(source)` was changed while it was read",
          hint: "run the command again when nothing writes to it")
      }
      var context = context
      context.replaces = false
      context.md5 = name.digest
      try store.upload(copy, to: name.key, context)
      return try FileSystem.status(copy)?.size ?? 0
    }
    if let listing, failed.isEmpty {
      let file = path.appending("listing")
      try FileSystem.write(listing.bytes, to: file, durable: false)
      try store.upload(
        file, to: listing.name.key, TransferContext(isCancelled: watch.isCancelled))
    }
    if watch.isCancelled() { throw Failure(.interrupted, "interrupted; what was pushed stays") }
    return result
  }

  /// Sends what DVC does not record of a folder, when the cache has it and the remote has not.
  func push(extras digest: MD5Digest) throws {
    let key = ObjectCache.extrasKey(digest)
    let path = cache.extrasPath(digest)
    guard FileSystem.exists(path), try store.size(of: key) == nil else { return }
    try store.upload(path, to: key, TransferContext(isCancelled: watch.isCancelled))
  }

  // MARK: Fetch

  /// Brings what outputs name into the cache.
  ///
  /// - Parameter only: the contents of files that are wanted; all when nil. Listings always are.
  package func fetch(_ outputs: [PointerOutput], only: [ObjectName]? = nil) throws -> Result {
    var result = Result()
    let objects = try cache.lock(exclusively: false)
    defer { withExtendedLifetime(objects) {} }
    let work = try cache.temporary()
    let listings = Set(outputs.compactMap(\.object).filter { $0.isFolder && !cache.contains($0) })
    _ = download(listings.sorted { $0.digest < $1.digest }, [:], work.path, &result)
    let absent = fetchStrong(outputs, work.path, &result)
    // A folder whose listing could not be had is told already; one whose digests are not right is not taken at all.
    let (strong, outputs) = strongDigests(
      of: outputs.filter { output in
        guard let object = output.object, object.isFolder else { return true }
        return cache.contains(object) && output.strong.map(absent.contains) != true
      }, &result)
    var wanted: Set<ObjectName> = []
    for output in outputs where output.isCached {
      guard let object = output.object else { continue }
      if !object.isFolder {
        wanted.insert(object)
      } else if cache.contains(object) {
        let table = try cache.listing(object)
        for entry in table.entries {
          wanted.insert(ObjectName(entry.digest, family: object.family))
        }
      }
    }
    if let only { wanted.formIntersection(only) }
    let kept = try cache.names()
    let missing = wanted.filter { $0.family == .md5 ? !kept.contains($0) : !cache.contains($0) }
    _ = download(missing.sorted { $0.digest < $1.digest }, strong, work.path, &result)
    for digest in Set(outputs.compactMap(\.extras)).sorted() {
      fetchExtras(digest, work.path, &result)
    }
    if watch.isCancelled() { throw Failure(.interrupted, "interrupted; what was fetched stays") }
    return result
  }

  private func download(
    _ names: [ObjectName], _ strong: [ObjectName: StrongDigest], _ work: FilePath,
    _ result: inout Result
  ) -> Set<ObjectName> {
    move(names, &result) { name, context in
      let place = work.appending(name.digest.hex + (name.isFolder ? ".dir" : ""))
      try store.download(name.key, to: place, context)
      let (digest, second) = try digests(of: place, name.family, isStrong: strong[name] != nil)
      guard digest == name.digest else {
        try FileSystem.remove(place)
        throw Failure(
          .corrupt,
          "`\(name.key)` in \(store.shown) does not hold what its name says; it was not taken",
          hint: "push it again from where the data was added")
      }
      guard second == strong[name] else {
        try FileSystem.remove(place)
        throw StrongDigest.tampered(
          "`\(name.key)` in \(store.shown) is not what was added; it was not taken",
          hint: "remove it there, and push it again from where the data was added")
      }
      _ = place.withPlatformString { chmod($0, 0o444) }
      let size = try FileSystem.status(place)?.size ?? 0
      try cache.take(place, as: name)
      return size
    }
  }

  private func fetchExtras(_ digest: MD5Digest, _ work: FilePath, _ result: inout Result) {
    guard !FileSystem.exists(cache.extrasPath(digest)) else { return }
    let place = work.appending("extras-" + digest.hex)
    do {
      // Whoever pushed with DVC did not push these; the data comes without them.
      guard try store.size(of: ObjectCache.extrasKey(digest)) != nil else { return }
      try store.download(
        ObjectCache.extrasKey(digest), to: place, TransferContext(isCancelled: watch.isCancelled))
      let bytes = try FileSystem.read(place, limit: 1 << 30)
      if MD5.digest(of: bytes) == digest { try cache.storeExtras(bytes, in: work) }
    } catch {
      result.failures.append(error as? Failure ?? Failure(.io, "cannot fetch a folder's links"))
    }
  }

  // MARK: Both

  /// The digest that names a content, and its SHA-256 when that is asked for, in one pass.
  private func digests(
    of path: FilePath, _ family: ObjectName.Family, isStrong: Bool
  ) throws -> (MD5Digest, StrongDigest?) {
    let strong = isStrong ? StrongHash() : nil
    var hash = MD5()
    try FileSystem.read(path, inPiecesOf: 1 << 18, isCancelled: watch.isCancelled) { piece in
      if family == .md5 { hash.update(piece) }
      strong?.update(piece)
    }
    let digest =
      family == .md5
      ? hash.finish() : try LegacyDigest.digest(of: path, isCancelled: watch.isCancelled)
    return (digest, strong?.finish())
  }

  /// Moves objects, several at once. One that fails does not stop the others, unless the remote cannot be reached at all.
  private func move(
    _ names: [ObjectName], _ result: inout Result,
    _ body: @escaping @Sendable (ObjectName, TransferContext) throws -> Int64
  ) -> Set<ObjectName> {
    guard !names.isEmpty else { return [] }
    struct State {
      var moved = 0
      var bytes: Int64 = 0
      var failures: [Int: Failure] = [:]
      var isHopeless = false
    }
    let state = Mutex(State())
    let watch = watch
    let context = TransferContext(
      moved: { watch.progress(0, $0) }, isCancelled: watch.isCancelled)
    try? TransferThreads.each(names.count, threads: jobs) { index in
      guard !watch.isCancelled(), !state.withLock({ $0.isHopeless }) else { return }
      do {
        let size = try body(names[index], context)
        state.withLock {
          $0.moved += 1
          $0.bytes += size
        }
        watch.progress(1, 0)
      } catch {
        let failure = error as? Failure ?? Failure(.io, "cannot move `\(names[index].text)`")
        state.withLock {
          $0.failures[index] = failure
          let hopeless: [Failure.Code] = [.unreachable, .permission, .noSpace, .interrupted]
          $0.isHopeless = $0.isHopeless || hopeless.contains(failure.code)
        }
      }
    }
    let end = state.withLock { $0 }
    result.moved += end.moved
    result.bytes += end.bytes
    let failed = end.failures.sorted { $0.key < $1.key }
    result.failures += failed.map(\.value)
    guard !end.isHopeless, !watch.isCancelled() else { return Set(names) }
    return Set(failed.map { names[$0.key] })
  }
}

extension ObjectCache {
  /// Where the extras of a folder stand below a cache or a remote.
  static func extrasKey(_ digest: MD5Digest) -> String {
    "reprise/extras/" + digest.hex.prefix(2) + "/" + digest.hex.dropFirst(2)
  }
}
