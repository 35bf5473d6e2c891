import Glibc
import Platform
import Synchronization
import SystemPackage

/// Brings contents from the cache to their places, on every core: each is written under a name of its own, checked against
/// its digest while it is, and then gets its name. What is damaged never appears.
struct Delivery: Sendable {
  struct Job: Sendable {
    var object: ObjectName
    /// Where the file goes; its folder is there.
    var target: FilePath
    var isProgram: Bool
    /// What the pointer says beside the md5.
    var strong: StrongDigest?
  }

  /// What `stat` said of a file before it got its name.
  typealias Made = FileTable.Entry

  let cache: ObjectCache
  let kinds: [LinkKind]
  /// For unfinished files, on the disk of the targets.
  let work: FilePath
  let watch: FileWatch

  /// - Parameter job: gives each when its turn comes; a million of them at once would be a gigabyte.
  /// - Returns: for each job what was made; and the failures, in the order of the jobs.
  func run(
    _ count: Int, job: @escaping @Sendable (Int) -> Job
  ) -> (made: [Made?], failures: [(job: Int, failure: Failure)]) {
    let next = Atomic<Int>(0)
    let parts = Mutex<[DeliveryPart]>([])
    ParallelWork.onEveryCore(limit: max(1, count / 4)) { worker in
      var lanes = MD5Lanes()
      var source = DeliverySource(delivery: self, count: count, job: job, worker: worker) {
        next.wrappingAdd(1, ordering: .relaxed).oldValue
      }
      lanes.run(&source)
      let part = source.finish()
      parts.withLock { $0.append(part) }
    }
    var made = [Made?](repeating: nil, count: count)
    var failures: [(job: Int, failure: Failure)] = []
    while let part = parts.withLock({ $0.popLast() }) {
      for (job, entry) in part.made { made[job] = entry }
      failures += part.failures
    }
    return (made, failures.sorted { $0.job < $1.job })
  }
}

struct DeliveryPart: Sendable {
  var made: [(job: Int, entry: FileTable.Entry)] = []
  var failures: [(job: Int, failure: Failure)] = []
}

/// The objects that one thread delivers: one in each lane.
struct DeliverySource: MD5Source {
  private struct Lane {
    var number = -1
    var job = Delivery.Job(
      object: ObjectName(MD5Digest(high: 0, low: 0)), target: "", isProgram: false)
    var object: Int32 = -1
    var copy = CopyTarget()
    var isAtEnd = false
    var size: Int64 = 0
    var read: Int64 = 0
    var strong: StrongHash?
    var failure: Failure?
  }

  private static let pieceSize = 1 << 20

  private let delivery: Delivery
  private let count: Int
  private let job: @Sendable (Int) -> Delivery.Job
  private let worker: Int
  private let next: () -> Int
  private let buffer: UnsafeMutableRawBufferPointer
  private var lanes = [Lane](repeating: Lane(), count: MD5Lanes.width)
  private var part = DeliveryPart()
  /// What was found to work here; a kind that did not is not tried again.
  private var kinds: [LinkKind]

  init(
    delivery: Delivery, count: Int, job: @escaping @Sendable (Int) -> Delivery.Job, worker: Int,
    next: @escaping () -> Int
  ) {
    self.delivery = delivery
    self.count = count
    self.job = job
    self.worker = worker
    self.next = next
    kinds = delivery.kinds
    buffer = .allocate(
      byteCount: Self.pieceSize * MD5Lanes.width, alignment: CopyTarget.alignment)
  }

  consuming func finish() -> DeliveryPart {
    buffer.deallocate()
    return part
  }

  mutating func begin(_ lane: Int) -> Bool {
    guard !delivery.watch.isCancelled() else { return false }
    let number = next()
    guard number < count else { return false }
    lanes[lane] = Lane(number: number, job: job(number))
    if lanes[lane].job.strong != nil { lanes[lane].strong = StrongHash() }
    let path = delivery.cache.path(lanes[lane].job.object)
    let object = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
    var s = stat()
    guard object >= 0, fstat(object, &s) == 0 else {
      lanes[lane].failure = Failure(errno: errno, "read", path)
      return true
    }
    lanes[lane].object = object
    lanes[lane].size = Int64(s.st_size)
    return true
  }

  mutating func read(_ lane: Int) -> UnsafeRawBufferPointer {
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    guard lanes[lane].failure == nil, !lanes[lane].isAtEnd, !delivery.watch.isCancelled() else {
      return empty
    }
    let piece = UnsafeMutableRawBufferPointer(
      rebasing: buffer[(lane * Self.pieceSize)..<((lane + 1) * Self.pieceSize)])
    let object = delivery.cache.path(lanes[lane].job.object)
    var filled = 0
    do {
      // From the first byte on, or not at all: another lane may find meanwhile that only copying works here.
      if lanes[lane].read == 0, !lanes[lane].copy.isOpen, kinds.first == .copy {
        try openCopy(lane)
      }
      while filled < piece.count, !lanes[lane].isAtEnd {
        let rest = UnsafeMutableRawBufferPointer(rebasing: piece[filled...])
        let count = try FileSystem.readOnce(lanes[lane].object, into: rest, of: object)
        filled += count
        lanes[lane].isAtEnd = count == 0 || lanes[lane].read + Int64(filled) == lanes[lane].size
      }
      lanes[lane].read += Int64(filled)
      lanes[lane].strong?.update(UnsafeRawBufferPointer(rebasing: piece[..<filled]))
      if lanes[lane].copy.isOpen {
        try lanes[lane].copy.write(
          UnsafeRawBufferPointer(rebasing: piece[..<filled]), to: lanes[lane].job.target)
      }
      delivery.watch.progress(0, Int64(filled))
    } catch {
      lanes[lane].failure = error as? Failure ?? Failure(.io, "cannot read `\(object)`")
      return empty
    }
    return UnsafeRawBufferPointer(rebasing: piece[..<filled])
  }

  private mutating func openCopy(_ lane: Int) throws {
    let job = lanes[lane].job
    let place = copyPath(lane)
    try lanes[lane].copy.open(
      place, mode: job.isProgram ? 0o777 : 0o666, size: lanes[lane].size)
  }

  mutating func end(_ lane: Int, _ digest: MD5Digest) {
    let job = lanes[lane].job
    let strong = lanes[lane].strong?.finish()
    if lanes[lane].failure == nil, !delivery.watch.isCancelled() {
      do {
        try check(job, digest, strong)
        part.made.append((lanes[lane].number, try place(lane, digest)))
      } catch {
        lanes[lane].failure =
          error as? Failure ?? Failure(.io, "cannot write `\(job.target)`")
      }
    }
    if lanes[lane].copy.isOpen {
      lanes[lane].copy.abandon()
      try? FileSystem.remove(copyPath(lane))
    }
    if lanes[lane].object >= 0 { close(lanes[lane].object) }
    if let failure = lanes[lane].failure { part.failures.append((lanes[lane].number, failure)) }
    delivery.watch.progress(1, 0)
    lanes[lane] = Lane()
  }

  /// Whether what was read is what its name says.
  private func check(_ job: Delivery.Job, _ digest: MD5Digest, _ strong: StrongDigest?) throws {
    var isRight = digest == job.object.digest
    if !isRight, job.object.family == .legacy {
      let bytes = try FileSystem.read(delivery.cache.path(job.object), limit: 1 << 34)
      isRight =
        LegacyDigest.digest(of: bytes) == job.object.digest && MD5.digest(of: bytes) == digest
    }
    guard isRight else {
      throw Failure(
        .corrupt,
        "the object `\(job.object.text)` in the cache does not hold what its name says; `\(job.target)` was left as it is",
        hint: "`reprise data verify --repair` fetches it again")
    }
    guard strong == job.strong else {
      throw StrongDigest.tampered(
        "the object `\(job.object.text)` in the cache is not what was added; `\(job.target)` was left as it is",
        hint: "`reprise data verify --repair` fetches it again")
    }
  }

  // MARK: Names

  /// - Parameter digest: the md5 of the bytes.
  private mutating func place(_ lane: Int, _ digest: MD5Digest) throws -> FileTable.Entry {
    let job = lanes[lane].job
    let place = copyPath(lane)
    // An empty file is the same file everywhere: it is made, not linked.
    while let kind = kinds.first, kind != .copy, lanes[lane].size > 0 {
      if try link(kind, lane, to: place) { break }
      kinds.removeFirst()
      if kinds.isEmpty { kinds = [.copy] }
    }
    if kinds.first == .copy || lanes[lane].size == 0, !lanes[lane].copy.isOpen {
      // The way that was tried first does not work here.
      try openCopy(lane)
      try rewrite(lane, digest)
    }
    var s = stat()
    if lanes[lane].copy.isOpen {
      s = try lanes[lane].copy.status(place)
      try lanes[lane].copy.close(job.target)
    } else {
      guard place.withPlatformString({ stat($0, &s) }) == 0 else {
        throw Failure(errno: errno, "write", place)
      }
    }
    try FileSystem.rename(place, to: job.target)
    var entry = FileTable.Entry(s, kind: kinds.first == .symlink ? .link : .file)
    entry.digest = digest
    return entry
  }

  /// Makes the file without copying; false when the disk cannot.
  private func link(_ kind: LinkKind, _ lane: Int, to place: FilePath) throws -> Bool {
    let object = delivery.cache.path(lanes[lane].job.object)
    try FileSystem.remove(place)
    switch kind {
    case .copy: return false
    case .symlink: return symlink(object.string, place.string) == 0
    case .hardlink:
      return Glibc.link(object.string, place.string) == 0
    case .reflink:
      let mode: mode_t = lanes[lane].job.isProgram ? 0o777 : 0o666
      let copy = open(place.string, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
      guard copy >= 0 else { throw Failure(errno: errno, "write", place) }
      defer { close(copy) }
      if ioctl(copy, 0x4004_9409, lanes[lane].object) == 0 { return true }
      try FileSystem.remove(place)
      return false
    }
  }

  private mutating func rewrite(_ lane: Int, _ digest: MD5Digest) throws {
    let job = lanes[lane].job
    guard lseek(lanes[lane].object, 0, SEEK_SET) == 0 else {
      throw Failure(errno: errno, "read", delivery.cache.path(job.object))
    }
    var hash = MD5()
    let strong = job.strong.map { _ in StrongHash() }
    let piece = UnsafeMutableRawBufferPointer(
      rebasing: buffer[(lane * Self.pieceSize)..<((lane + 1) * Self.pieceSize)])
    while true {
      let count = try FileSystem.readOnce(lanes[lane].object, into: piece, of: job.target)
      if count == 0 { break }
      let bytes = UnsafeRawBufferPointer(rebasing: piece[..<count])
      hash.update(bytes)
      strong?.update(bytes)
      try lanes[lane].copy.write(bytes, to: job.target)
    }
    guard hash.finish() == digest, strong?.finish() == job.strong else {
      throw Failure(.conflict, "the object `\(job.object.text)` was changed while it was read")
    }
  }

  private func copyPath(_ lane: Int) -> FilePath {
    delivery.work.appending("\(worker)-\(lane)")
  }
}
