import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Fetching from a server") struct RemoteTests {
  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  private func origin() throws -> GitSandbox {
    let box = try GitSandbox("origin")
    try box.write("one\n", to: "file.txt")
    try box.commit()
    try box.git("branch", "side")
    return box
  }

  @Test("over http, again after a push, and a commit that no branch holds")
  func http() throws {
    let box = try origin()
    let server = try GitServer(serving: box.beside(""))
    let cache = RepositoryCache(box.beside("cache"))
    let url = server.url("origin/.git")
    var reports = 0
    let first = try Repository.clone(url: url, into: box.beside("a"), cache: cache) { _ in
      reports += 1
    }
    #expect(first.branch == "main")
    #expect(reports > 0)
    try box.write("two\n", to: "file.txt")
    let pushed = try box.commit()
    #expect(
      try Repository.clone(url: url, version: "main", into: box.beside("b"), cache: cache).commit
        == pushed)
    #expect(try FileSystem.readText(box.beside("b").appending("file.txt")) == "two\n")
    try box.git("reset", "-q", "--hard", "side")
    try box.git("config", "uploadpack.allowAnySHA1InWant", "true")
    let other = RepositoryCache(box.beside("other-cache"))
    let checkout = try? Repository.clone(
      url: url, version: pushed, into: box.beside("c"), cache: other)
    #expect(checkout?.commit == pushed)
  }

  @Test("with the credentials of the address, which are not recorded")
  func credentials() throws {
    let box = try origin()
    let server = try GitServer(serving: box.beside(""))
    let cache = RepositoryCache(box.beside("cache"))
    let url = server.url("private/origin/.git", user: "me:secret@")
    let checkout = try Repository.clone(url: url, into: box.beside("a"), cache: cache)
    #expect(checkout.url == server.url("private/origin/.git"))
    let found = try box.run([
      "grep", "-r", "secret", box.beside("a").string, box.beside("cache").string,
    ])
    #expect(found.status == 1, "no file holds the password")
  }

  @Test("what a server refuses is told by its kind")
  func refused() throws {
    let box = try origin()
    let server = try GitServer(serving: box.beside(""))
    let cache = RepositoryCache(box.beside("cache"))
    func attempt(_ url: String) -> Failure? {
      failure { try Repository.clone(url: url, into: box.beside("x"), cache: cache) }
    }
    #expect(attempt(server.url("nowhere/.git"))?.code == .notFound)
    #expect(attempt(server.url("private/origin/.git"))?.code == .permission)
    #expect(attempt(server.url("private/origin/.git", user: "me:wrong@"))?.code == .permission)
    #expect(attempt(server.url("broken/x.git"))?.code == .unreachable)
    #expect(try FileSystem.names(in: cache.folder).allSatisfy { $0.hasSuffix(".lock") })
  }

  @Test("a credential helper of git's is asked")
  func helper() async throws {
    await #expect(processExitsWith: .success) {
      let box = try GitSandbox("origin")
      try box.write("one\n", to: "file.txt")
      let commit = try box.commit()
      let server = try GitServer(serving: box.beside(""))
      try FileSystem.write(
        "[credential]\n\thelper = \"!f() { test $1 = get && echo username=me && echo password=secret; }; f\"\n",
        to: box.beside("config"))
      setenv("GIT_CONFIG_GLOBAL", box.beside("config").string, 1)
      let cache = RepositoryCache(box.beside("cache"))
      let checkout = try Repository.clone(
        url: server.url("private/origin/.git"), into: box.beside("a"), cache: cache)
      try #require(checkout.commit == commit)
    }
  }

  @Test("eight at once from one address")
  func concurrent() async throws {
    let box = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    let url = box.path.string
    let places = (0..<8).map { box.beside("work\($0)") }
    try await withThrowingTaskGroup(of: String.self) { group in
      for place in places {
        group.addTask { try Repository.clone(url: url, into: place, cache: cache).commit }
      }
      var commits: Set<String> = []
      for try await commit in group { commits.insert(commit) }
      #expect(commits.count == 1)
    }
  }

  /// The child fetches again and again until it is killed; whatever it leaves, the next call works.
  @Test("killed at any moment, the next call works", arguments: 0..<12)
  func killed(round: Int) async throws {
    let box = try origin()
    for place in 0..<200 { try box.write("\(place)\n", to: "many/\(place).txt") }
    try box.commit()
    let root = box.beside("").string
    let delay = UInt32(round * 3000 + 500)
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [root = root as String, delay = delay as UInt32] in
      var thread = pthread_t()
      let argument = UnsafeMutableRawPointer(bitPattern: UInt(delay))
      pthread_create(
        &thread, nil,
        { argument in
          usleep(UInt32(UInt(bitPattern: argument)))
          kill(getpid(), SIGKILL)
          return nil
        }, argument)
      let folder = FilePath(root)
      for place in 0..<10_000 {
        let cache = RepositoryCache(folder.appending("cache\(place / 3)"))
        try Repository.clone(
          url: folder.appending("origin").string, into: folder.appending("work\(place)"),
          cache: cache)
      }
    }
    let caches = try FileSystem.names(in: FilePath(root)).filter { $0.hasPrefix("cache") }
    for (place, name) in caches.enumerated() {
      let cache = RepositoryCache(FilePath(root).appending(name))
      let target = box.beside("after\(place)")
      try Repository.clone(url: box.path.string, into: target, cache: cache)
      #expect(try box.listing(of: target) == box.listing(of: box.path))
      let left = try FileSystem.names(in: cache.folder)
      #expect(left.count == 2, "the mirror and its lock: \(left)")
    }
    let half = try FileSystem.names(in: FilePath(root)).filter { $0.hasPrefix(".checkout") }
    #expect(caches.isEmpty || half == [])
  }
}
