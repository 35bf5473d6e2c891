import Glibc
import Platform
import Synchronization
import SystemPackage

/// Hashes files of a folder, on every core and in the lanes of each, and keeps their contents as objects when asked to.
///
/// A file is looked at before and after it is read: one that changed meanwhile is a failure and no object.
package struct FileIntake: Sendable {
  package struct Outcome: Sendable {
    /// For each job, in their order: what `stat` said after the file was read, with the digest.
    package var entries: [FileTable.Entry?]
    /// For each job that was to be hashed strongly.
    var strong: [Int: StrongDigest] = [:]
    package var failures: [(job: Int, failure: Failure)]
    /// When the last file had been read, by the clock of the file system.
    package var finished: Int64
  }

  let root: FilePath
  /// Where contents are kept, and the folder of its for unfinished files; nil to hash only.
  let cache: (ObjectCache, work: FilePath)?
  let progress: @Sendable (_ files: Int, _ bytes: Int64) -> Void
  let isCancelled: @Sendable () -> Bool
  /// Which jobs get a SHA-256, too.
  var isStrong: @Sendable (_ job: Int) -> Bool = { _ in false }

  package init(
    root: FilePath, cache: (ObjectCache, work: FilePath)? = nil,
    progress: @escaping @Sendable (Int, Int64) -> Void = { _, _ in },
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.root = root
    self.cache = cache
    self.progress = progress
    self.isCancelled = isCancelled
  }

  /// Hashes files of a table.
  ///
  /// - Parameter jobs: their places in the table. An empty path is the root itself.
  /// - Throws: `.interrupted`, or what the root cannot be opened with.
  package func run(_ table: FileTable, _ jobs: [Int]) throws -> Outcome {
    let next = Atomic<Int>(0)
    let parts = Mutex<[Part]>([])
    ParallelWork.onEveryCore(limit: max(1, jobs.count / 4)) { worker in
      var lanes = MD5Lanes()
      var source = IntakeSource(intake: self, table: table, jobs: jobs, worker: worker) {
        next.wrappingAdd(1, ordering: .relaxed).oldValue
      }
      lanes.run(&source)
      let part = source.finish()
      parts.withLock { $0.append(part) }
    }
    if isCancelled() { throw Failure(.interrupted, "interrupted") }
    var outcome = Outcome(
      entries: Array(repeating: nil, count: jobs.count), failures: [], finished: Self.now())
    for part in parts.withLock({ $0 }) {
      for (job, entry) in part.entries { outcome.entries[job] = entry }
      for (job, digest) in part.strong { outcome.strong[job] = digest }
      outcome.failures += part.failures
    }
    outcome.failures.sort { $0.job < $1.job }
    return outcome
  }

  struct Part: Sendable {
    var entries: [(job: Int, entry: FileTable.Entry)] = []
    var strong: [(job: Int, digest: StrongDigest)] = []
    var failures: [(job: Int, failure: Failure)] = []
  }

  /// The coarse clock that file times are taken from.
  static func now() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    return Int64(time.tv_sec) &* 1_000_000_000 &+ Int64(time.tv_nsec)
  }
}

/// The files that one thread hashes: one open in each lane.
struct IntakeSource: MD5Source {
  private struct Lane {
    var job = -1
    var file: Int32 = -1
    var copy = CopyTarget()
    var before = stat()
    var read: Int64 = 0
    var isAtEnd = false
    var strong: StrongHash?
    var failure: Failure?
  }

  /// Files up to this size are in memory as a whole when their digest is known.
  private static let pieceSize = 1 << 20

  private let intake: FileIntake
  private let table: FileTable
  private let jobs: [Int]
  private let worker: Int
  private let next: () -> Int
  private let buffer: UnsafeMutableRawBufferPointer
  private var lanes = [Lane](repeating: Lane(), count: MD5Lanes.width)
  private var part = FileIntake.Part()
  private let base: [UInt8]

  init(
    intake: FileIntake, table: FileTable, jobs: [Int], worker: Int, next: @escaping () -> Int
  ) {
    self.intake = intake
    self.table = table
    self.jobs = jobs
    self.worker = worker
    self.next = next
    base = Array(intake.root.string.utf8)
    buffer = .allocate(
      byteCount: Self.pieceSize * MD5Lanes.width, alignment: CopyTarget.alignment)
  }

  consuming func finish() -> FileIntake.Part {
    buffer.deallocate()
    return part
  }

  mutating func begin(_ lane: Int) -> Bool {
    guard !intake.isCancelled() else { return false }
    let job = next()
    guard job < jobs.count else { return false }
    lanes[lane] = Lane()
    lanes[lane].job = job
    if intake.isStrong(job) { lanes[lane].strong = StrongHash() }
    let file = withPath(job) { open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) }
    guard file >= 0 else {
      lanes[lane].failure = Failure(errno: errno, "read", path(job))
      return true
    }
    lanes[lane].file = file
    guard fstat(file, &lanes[lane].before) == 0 else {
      lanes[lane].failure = Failure(errno: errno, "read", path(job))
      return true
    }
    guard lanes[lane].before.st_mode & S_IFMT == S_IFREG else {
      lanes[lane].failure = Failure(.invalid, "`\(path(job))` is not a file any more")
      return true
    }
    if intake.cache != nil, lanes[lane].before.st_size > Self.pieceSize {
      posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL)
      openCopy(lane)
    }
    return true
  }

  private mutating func openCopy(_ lane: Int) {
    guard let (_, work) = intake.cache else { return }
    do {
      try lanes[lane].copy.open(
        copyPath(lane, work), mode: 0o444, size: Int64(lanes[lane].before.st_size))
    } catch {
      lanes[lane].failure = error as? Failure ?? Failure(.io, "cannot write `\(work)`")
    }
  }

  mutating func read(_ lane: Int) -> UnsafeRawBufferPointer {
    let empty = UnsafeRawBufferPointer(start: nil, count: 0)
    guard lanes[lane].failure == nil, !lanes[lane].isAtEnd, !intake.isCancelled() else {
      return empty
    }
    let piece = UnsafeMutableRawBufferPointer(
      rebasing: buffer[(lane * Self.pieceSize)..<((lane + 1) * Self.pieceSize)])
    var filled = 0
    let job = lanes[lane].job
    do {
      while filled < piece.count {
        let rest = UnsafeMutableRawBufferPointer(rebasing: piece[filled...])
        let count = try FileSystem.readOnce(lanes[lane].file, into: rest, of: path(job))
        filled += count
        // One call less for every small file; that it has not grown is seen at the end.
        let isWhole = lanes[lane].read + Int64(filled) == Int64(lanes[lane].before.st_size)
        if count == 0 || isWhole {
          lanes[lane].isAtEnd = true
          break
        }
      }
      lanes[lane].read += Int64(filled)
      lanes[lane].strong?.update(UnsafeRawBufferPointer(rebasing: piece[..<filled]))
      if lanes[lane].copy.isOpen {
        try lanes[lane].copy.write(
          UnsafeRawBufferPointer(rebasing: piece[..<filled]), to: path(job))
      }
      intake.progress(0, Int64(filled))
    } catch {
      lanes[lane].failure = error as? Failure ?? Failure(.io, "cannot read `\(path(job))`")
      return empty
    }
    return UnsafeRawBufferPointer(rebasing: piece[..<filled])
  }

  mutating func end(_ lane: Int, _ digest: MD5Digest) {
    let job = lanes[lane].job
    var after = stat()
    if lanes[lane].failure == nil, fstat(lanes[lane].file, &after) != 0 {
      lanes[lane].failure = Failure(errno: errno, "read", path(job))
    }
    if lanes[lane].file >= 0 { close(lanes[lane].file) }
    if lanes[lane].failure == nil {
      let before = FileTable.Entry(lanes[lane].before, kind: .file)
      if !FileTable.Entry(after, kind: .file).isSameFile(as: before)
        || lanes[lane].read != before.size
      {
        lanes[lane].failure = Failure(
          .conflict, "`\(path(job))` was changed while it was read",
          hint: "run the command again when nothing writes to it")
      }
    }
    let strong = lanes[lane].strong?.finish()
    if lanes[lane].failure == nil, !intake.isCancelled() {
      do { try keep(lane, digest, strong) } catch {
        lanes[lane].failure = error as? Failure ?? Failure(.io, "cannot keep `\(path(job))`")
      }
    }
    if lanes[lane].copy.isOpen {
      lanes[lane].copy.abandon()
      if let (_, work) = intake.cache { try? FileSystem.remove(copyPath(lane, work)) }
    }
    if let failure = lanes[lane].failure {
      part.failures.append((job, failure))
    } else {
      let kind = table.entries[jobs[job]].kind
      var entry = FileTable.Entry(after, kind: kind)
      entry.digest = digest
      entry.isHashed = true
      part.entries.append((job, entry))
      if let strong { part.strong.append((job, strong)) }
    }
    intake.progress(1, 0)
    lanes[lane] = Lane()
  }

  /// Makes the content an object, unless there is one.
  private mutating func keep(
    _ lane: Int, _ digest: MD5Digest, _ strong: StrongDigest?
  ) throws {
    guard let (cache, work) = intake.cache else { return }
    let name = ObjectName(digest)
    if let strong, cache.contains(name, size: lanes[lane].read) {
      guard StrongDigest(try SHA256.digest(ofFile: cache.path(name))) == strong else {
        throw Failure(
          .conflict,
          "the cache holds another content of the MD5 of `\(path(lanes[lane].job))`, \(digest.hex), or a damaged one",
          hint: "reprise data verify")
      }
      return
    }
    let place = copyPath(lane, work)
    if !lanes[lane].copy.isOpen {
      guard !cache.contains(name, size: lanes[lane].read) else { return }
      openCopy(lane)
      if let failure = lanes[lane].failure { throw failure }
      let start = lane * Self.pieceSize
      try lanes[lane].copy.write(
        UnsafeRawBufferPointer(rebasing: buffer[start..<(start + Int(lanes[lane].read))]),
        to: cache.path(name))
    }
    try lanes[lane].copy.setMode(0o444, place)
    try lanes[lane].copy.close(place)
    try cache.take(place, as: name)
  }

  private func copyPath(_ lane: Int, _ work: FilePath) -> FilePath {
    work.appending("\(worker)-\(lane)")
  }

  // MARK: Paths

  private func withPath<Result>(_ job: Int, _ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let path = table.path(jobs[job])
    return withUnsafeTemporaryAllocation(
      byteCount: base.count + path.count + 2, alignment: 1
    ) { buffer in
      buffer.copyBytes(from: base)
      var count = base.count
      if !path.isEmpty {
        buffer[count] = UInt8(ascii: "/")
        UnsafeMutableRawBufferPointer(rebasing: buffer[(count + 1)...]).copyBytes(from: path)
        count += 1 + path.count
      }
      buffer[count] = 0
      guard let start = buffer.baseAddress else { return body("") }
      return body(start.assumingMemoryBound(to: CChar.self))
    }
  }

  private func path(_ job: Int) -> FilePath {
    let path = table.text(jobs[job])
    return path.isEmpty ? intake.root : intake.root.pushing(FilePath(path))
  }
}
