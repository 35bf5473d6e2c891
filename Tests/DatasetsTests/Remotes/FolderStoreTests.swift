import Datasets
import Glibc
import Platform
import Support
import Synchronization
import SystemPackage
import Testing

@Suite("A folder as a remote") struct FolderStoreTests {
  private let folder: TemporaryFolder
  private let store: FolderStore

  init() throws {
    folder = try TemporaryFolder()
    store = FolderStore(folder.path.appending("remote"))
  }

  private func names() throws -> [String] {
    var names: [String] = []
    try store.list("") { key, _ in names.append(key) }
    return names
  }

  @Test(
    "an object goes there and back, read-only, with the folders above it",
    arguments: [0, 1, 10_000, 3_000_000])
  func roundTrip(count: Int) throws {
    var random = SeededRandom(seed: UInt64(count))
    let bytes = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    let file = folder.path.appending("in")
    try FileSystem.write(bytes, to: file)
    #expect(try store.size(of: "files/md5/ab/cd") == nil)
    let counter = ByteTally()
    try store.upload(file, to: "files/md5/ab/cd", TransferContext(moved: { counter.add($0) }))
    #expect(try store.size(of: "files/md5/ab/cd") == Int64(count))
    #expect(counter.value == Int64(count))
    let status = try #require(try FileSystem.status(store.folder.appending("files/md5/ab/cd")))
    #expect(status.mode == 0o444)
    let back = folder.path.appending("out")
    try store.download("files/md5/ab/cd", to: back, TransferContext())
    #expect(try FileSystem.read(back) == bytes)
    #expect(try FileSystem.names(in: store.folder.appending("files/md5/ab")) == ["cd"])
    try store.remove("files/md5/ab/cd")
    try store.remove("files/md5/ab/cd")
    #expect(try store.size(of: "files/md5/ab/cd") == nil)
  }

  @Test("an object that is there is replaced, or stays when the transfer says so")
  func replacing() throws {
    let old = try folder.write("old", to: "a")
    let new = try folder.write("newer", to: "b")
    try store.upload(old, to: "k", TransferContext())
    try store.upload(new, to: "k", TransferContext(replaces: false))
    #expect(try store.size(of: "k") == 3)
    try store.upload(new, to: "k", TransferContext())
    #expect(try store.size(of: "k") == 5)
    #expect(try FileSystem.names(in: store.folder) == ["k"])
  }

  @Test("keys come in the order of their bytes, folders among them, temporary files left out")
  func order() throws {
    let keys = ["sub.x", "sub/crlf.txt", "subdir", "sub/a/b", "é", "z", "A", "sub-"]
    let file = try folder.write("x", to: "in")
    for key in keys { try store.upload(file, to: key, TransferContext()) }
    try FileSystem.write("half", to: store.folder.appending(".ABCDEFGHIJKLMNOPQRSTUV.tmp"))
    let sorted = keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(try names() == sorted)
    var some: [String] = []
    try store.list("sub") { key, _ in some.append(key) }
    #expect(some == sorted.filter { $0.hasPrefix("sub") })
    some = []
    try store.list("sub/") { key, _ in some.append(key) }
    #expect(some == ["sub/a/b", "sub/crlf.txt"])
    some = []
    try store.list("nothing/at/all") { key, _ in some.append(key) }
    #expect(some == [])
  }

  @Test("a loop of links ends, and a link to a folder is followed")
  func links() throws {
    let file = try folder.write("x", to: "in")
    try store.upload(file, to: "a/k", TransferContext())
    symlink("..", store.folder.appending("a/loop").string)
    try folder.write("y", to: "elsewhere/m")
    symlink(folder.path.appending("elsewhere").string, store.folder.appending("linked").string)
    symlink("/nowhere", store.folder.appending("broken").string)
    #expect(try names() == ["a/k", "linked/m"])
  }

  @Test("what is missing is told apart: the object, and the folder of the remote")
  func missing() throws {
    let target = folder.path.appending("out")
    func failure() -> Failure? {
      do { try store.download("k", to: target, TransferContext()) } catch {
        return error as? Failure
      }
      return nil
    }
    #expect(failure()?.code == .notFound)
    #expect(failure()?.hint?.contains("mounted") == true)
    #expect(try names() == [])
    try FileSystem.createDirectory(store.folder)
    #expect(failure()?.message == "`k` is not in `\(store.folder)`")
    #expect(!FileSystem.exists(target))
  }

  @Test("a transfer that is interrupted leaves nothing")
  func interrupted() throws {
    let file = try folder.write(String(repeating: "x", count: 1 << 20), to: "in")
    let context = TransferContext(isCancelled: { true })
    #expect(throws: Failure.self) { try store.upload(file, to: "k", context) }
    #expect(try names() == [])
    try store.upload(file, to: "k", TransferContext())
    #expect(throws: Failure.self) {
      try store.download("k", to: folder.path.appending("out"), context)
    }
    #expect(!FileSystem.exists(folder.path.appending("out")))
    #expect(try FileSystem.names(in: store.folder) == ["k"])
  }

  @Test(
    "a key that leads out of the folder is refused",
    arguments: ["../x", "a/../../x", "", "/x", "a//b", "a/.", "a\0b"])
  func hostile(key: String) throws {
    let file = try folder.write("x", to: "in")
    #expect(throws: Failure.self) { try store.upload(file, to: key, TransferContext()) }
    #expect(throws: Failure.self) { try store.remove(key) }
    #expect(try FileSystem.names(in: folder.path) == ["in"])
  }

  @Test("a name that is a folder is no object and is not replaced")
  func folderInTheWay() throws {
    let file = try folder.write("x", to: "in")
    try store.upload(file, to: "a/b", TransferContext())
    #expect(try store.size(of: "a") == nil)
    #expect(throws: Failure.self) { try store.upload(file, to: "a", TransferContext()) }
    #expect(throws: Failure.self) { try store.upload(file, to: "a/b/c", TransferContext()) }
    #expect(try names() == ["a/b"])
    #expect(try FileSystem.names(in: store.folder) == ["a"])
  }

  @Test("a disk that takes no more is told and leaves nothing")
  func full() async {
    await #expect(processExitsWith: .success) {
      let folder = try TemporaryFolder()
      let file = folder.path.appending("in")
      try FileSystem.write([UInt8](repeating: 1, count: 1 << 20), to: file)
      // A limit on files is told by the kernel where a full disk is.
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 1 << 19, rlim_max: 1 << 19)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      let store = FolderStore(folder.path.appending("remote"))
      var code: Failure.Code?
      do { try store.upload(file, to: "a/k", TransferContext()) } catch {
        code = (error as? Failure)?.code
      }
      try #require(code == .noSpace)
      try #require(FileSystem.names(in: store.folder.appending("a")) == [])
      exit(0)
    }
  }

  @Test("a process that is killed in the middle leaves nothing in the remote")
  func killed() async throws {
    setenv("REPRISE_TEST_KILLED", folder.path.string, 1)
    try FileSystem.write([UInt8](repeating: 7, count: 100 << 20), to: folder.path.appending("in"))
    await #expect(processExitsWith: .signal(SIGKILL)) {
      let path = FilePath(String(cString: try #require(getenv("REPRISE_TEST_KILLED"))))
      let context = TransferContext(moved: { _ in kill(getpid(), SIGKILL) })
      try FolderStore(path.appending("remote")).upload(path.appending("in"), to: "a/k", context)
    }
    #expect(try names() == [])
    #expect(try FileSystem.names(in: store.folder.appending("a")) == [])
  }
}

/// Adds up what a transfer tells.
final class ByteTally: Sendable {
  private let sum = Mutex<Int64>(0)

  func add(_ count: Int64) { sum.withLock { $0 += count } }

  var value: Int64 { sum.withLock { $0 } }
}
