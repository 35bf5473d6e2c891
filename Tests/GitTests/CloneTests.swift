import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Checking out a repository from its address") struct CloneTests {
  private func code(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  /// A repository with two branches, a light and an annotated tag; the commits by name.
  private func origin() throws -> (box: GitSandbox, commits: [String: String]) {
    let box = try GitSandbox("origin")
    var commits: [String: String] = [:]
    try box.write("one\n", to: "file.txt")
    try box.write("run\n", to: "bin/run.sh", mode: 0o755)
    try box.shell("ln -s file.txt link")
    commits["first"] = try box.commit("first")
    try box.git("tag", "v1")
    try box.git("tag", "-a", "v1-noted", "-m", "noted")
    try box.git("checkout", "-q", "-b", "feature/new")
    try box.write("feature\n", to: "file.txt")
    commits["feature"] = try box.commit("feature")
    try box.git("checkout", "-q", "main")
    try box.write("two\n", to: "file.txt")
    commits["main"] = try box.commit("second")
    return (box, commits)
  }

  @Test(
    "a version may be a branch, a tag or a commit's name",
    arguments: [
      (nil, "main", "main"), ("main", "main", "main"), ("feature/new", "feature", "feature/new"),
      ("origin/main", "main", nil), ("v1", "first", nil), ("v1-noted", "first", nil),
      ("refs/tags/v1", "first", nil), ("refs/heads/main", "main", "main"),
    ] as [(String?, String, String?)])
  func versions(version: String?, commit: String, branch: String?) throws {
    let (box, commits) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    let work = box.beside("checkout")
    if version == "origin/main" {
      #expect(
        code {
          try Repository.clone(url: box.path.string, version: version, into: work, cache: cache)
        }?.code == .notFound)
      return
    }
    let checkout = try Repository.clone(
      url: box.path.string, version: version, into: work, cache: cache)
    #expect(checkout.commit == commits[commit])
    #expect(checkout.branch == branch)
    #expect(try box.git("rev-parse", "HEAD", at: work).trimmed == commits[commit])
    #expect(try box.git("status", "--porcelain", at: work) == "")
    try box.git("fsck", "--strict", at: work)
    try box.git("checkout", "-q", commits[commit] ?? "")
    #expect(try box.listing(of: work) == box.listing(of: box.path))
    let repository = try #require(try Repository.discover(from: work))
    #expect(try repository.head() == Head(commit: commits[commit], branch: branch))
    #expect(try repository.remoteURL() == box.path.string)
    #expect(try repository.changes().isDirty == false)
  }

  @Test("full and short names of commits", arguments: [40, 12, 7])
  func names(length: Int) throws {
    let (box, commits) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    let name = String(try #require(commits["feature"]).prefix(length))
    let checkout = try Repository.clone(
      url: "file://\(box.path)", version: name, into: box.beside("checkout"), cache: cache)
    #expect(checkout.commit == commits["feature"])
    #expect(checkout.branch == nil)
  }

  @Test("a push is seen, and what the remote dropped is gone")
  func push() throws {
    let (box, _) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    let url = box.path.string
    try Repository.clone(url: url, into: box.beside("one"), cache: cache)
    try box.write("three\n", to: "file.txt")
    let pushed = try box.commit("third")
    try box.git("tag", "-f", "v1")
    try box.git("branch", "-D", "feature/new")
    try box.git("branch", "feature")
    #expect(
      try Repository.clone(url: url, version: "main", into: box.beside("two"), cache: cache).commit
        == pushed)
    #expect(
      try Repository.clone(url: url, version: "v1", into: box.beside("three"), cache: cache).commit
        == pushed)
    #expect(
      try Repository.clone(url: url, version: "feature", into: box.beside("four"), cache: cache)
        .commit == pushed)
    let failure = code {
      try Repository.clone(url: url, version: "feature/new", into: box.beside("five"), cache: cache)
    }
    #expect(failure?.code == .notFound)
    #expect(!FileSystem.exists(box.beside("five")))
  }

  @Test("a renamed default branch is followed")
  func renamed() throws {
    let (box, commits) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    try Repository.clone(url: box.path.string, into: box.beside("one"), cache: cache)
    try box.git("branch", "-m", "main", "trunk")
    let checkout = try Repository.clone(
      url: box.path.string, into: box.beside("two"), cache: cache)
    #expect(checkout.branch == "trunk")
    #expect(checkout.commit == commits["main"])
  }

  @Test("a version that is not there names those that are near")
  func missing() throws {
    let (box, _) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    let failure = code {
      try Repository.clone(
        url: box.path.string, version: "mian", into: box.beside("x"), cache: cache)
    }
    #expect(failure?.code == .notFound)
    #expect(failure?.message.hasPrefix("unable to checkout version `mian`") == true)
    #expect(failure?.hint == "did you mean `main`?")
  }

  @Test("no folder, no repository, no commit, no host")
  func failures() throws {
    let box = try GitSandbox()
    let cache = RepositoryCache(box.beside("cache"))
    func attempt(_ url: String) -> Failure? {
      code { try Repository.clone(url: url, into: box.beside("x"), cache: cache) }
    }
    #expect(attempt(box.beside("nowhere").string)?.code == .notFound)
    try FileSystem.createDirectory(box.beside("plain"))
    #expect(attempt(box.beside("plain").string)?.code == .notFound)
    #expect(attempt(box.path.string)?.message.contains("has no commit") == true)
    #expect(attempt("http://127.0.0.1:1/x.git")?.code == .unreachable)
    #expect(attempt("https://127.0.0.1:1/x.git")?.code == .unreachable)
    #expect(attempt("git@127.0.0.1:x.git")?.code == .unreachable)
    #expect(attempt("ftp://example.org/x")?.code == .unsupported)
    #expect(!FileSystem.exists(box.beside("x")))
    let left = try FileSystem.names(in: box.beside("cache")).filter { !$0.hasSuffix(".lock") }
    #expect(left.count == 1, "only the empty repository's mirror: \(left)")
  }

  @Test("a folder that holds something is left alone")
  func occupied() throws {
    let (box, _) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    try FileSystem.createDirectory(box.beside("x"))
    try Repository.clone(url: box.path.string, into: box.beside("x"), cache: cache)
    let failure = code {
      try Repository.clone(url: box.path.string, into: box.beside("x"), cache: cache)
    }
    #expect(failure?.code == .conflict)
  }

  @Test("submodules come along, relative addresses and nested ones too")
  func submodules() throws {
    let leaf = try GitSandbox("leaf")
    try leaf.write("leaf\n", to: "leaf.txt")
    let old = try leaf.commit()
    try leaf.write("newer\n", to: "leaf.txt")
    try leaf.commit()
    let top = leaf.beside("top")
    try leaf.shell(
      """
      git clone -q leaf middle; cd middle; git submodule -q add ../leaf inner
      git -C inner checkout -q \(old); git add -A; git commit -q -m inner; cd ..
      git init -q -b main top; cd top; echo top > top.txt
      git submodule -q add ../middle libs/middle; git add -A; git commit -q -m top
      """, at: leaf.beside(""))
    let cache = RepositoryCache(leaf.beside("cache"))
    let work = leaf.beside("checkout")
    try Repository.clone(url: top.string, into: work, cache: cache)
    try leaf.git("submodule", "-q", "update", "--init", "--recursive", at: top)
    #expect(try leaf.listing(of: work) == leaf.listing(of: top))
    #expect(try leaf.listing(of: work).count == 5)
    #expect(try FileSystem.readText(work.appending("libs/middle/inner/leaf.txt")) == "leaf\n")
    #expect(try leaf.git("status", "--porcelain", at: work) == "")
    let status = try leaf.git("submodule", "status", "--recursive", at: work)
    #expect(status.split(separator: "\n").count == 2)
    #expect(status.split(separator: "\n").allSatisfy { $0.hasPrefix(" ") }, "\(status)")
    let repository = try #require(try Repository.discover(from: work))
    #expect(try repository.changes().isDirty == false)
  }

  @Test("trees that an enemy made write nothing outside", arguments: 0..<4)
  func hostile(kind: Int) throws {
    let (box, commits) = try origin()
    let first = try #require(commits["first"])
    let name = ["..", ".git", "../x", "."][kind]
    // git itself would not write such a tree, so it is put together by hand.
    try box.shell(
      """
      bytes() { python3 -c 'import sys; sys.stdout.buffer.write(bytes.fromhex(sys.argv[1]))' $1; }
      blob=$(printf '[submodule "x"]\\n\\tpath = %s\\n\\turl = %s\\n' '\(name)' '\(box.path)' | git hash-object -w --stdin)
      { printf '160000 \(name)\\0'; bytes \(first)
        printf '100644 .gitmodules\\0'; bytes $blob; } > ../tree
      tree=$(git hash-object -t tree -w --literally --stdin < ../tree)
      git update-ref refs/heads/evil $(git commit-tree -m evil $tree)
      """)
    let before = try box.listing(of: box.beside("")).filter { !$0.contains("cache") }
    let cache = RepositoryCache(box.beside("cache"))
    let refusal = code {
      try Repository.clone(
        url: box.path.string, version: "evil", into: box.beside("work"), cache: cache)
    }
    #expect(refusal?.code != .notFound)
    #expect(refusal != nil)
    #expect(try box.listing(of: box.beside("")).filter { !$0.contains("cache") } == before)
  }

  @Test("a mirror that was damaged, or half made, is made again", arguments: 0..<5)
  func damaged(kind: Int) throws {
    let (box, commits) = try origin()
    let cache = RepositoryCache(box.beside("cache"))
    try Repository.clone(url: box.path.string, into: box.beside("one"), cache: cache)
    let name = try #require(
      try FileSystem.names(in: cache.folder).first { !$0.hasSuffix(".lock") })
    let mirror = cache.folder.appending(name)
    try box.write("three\n", to: "file.txt")
    let pushed = try box.commit("third")
    switch kind {
    case 0: try FileSystem.remove(mirror.appending("HEAD"))
    case 1: try FileSystem.removeTree(mirror.appending("objects"))
    case 2:
      for lock in ["refs/heads/main.lock", "packed-refs.lock", "HEAD.lock", "config.lock"] {
        try FileSystem.write("", to: mirror.appending(lock))
      }
      try FileSystem.write("PACKhalf", to: mirror.appending("objects/pack/tmp_pack_x"))
    case 3:
      try FileSystem.rename(mirror, to: cache.folder.appending(name + ".new"))
      try FileSystem.removeTree(cache.folder.appending(name + ".new/refs"))
    default: try FileSystem.write("not a config [", to: mirror.appending("config"))
    }
    let checkout = try Repository.clone(
      url: box.path.string, version: "main", into: box.beside("two"), cache: cache)
    #expect(checkout.commit == pushed)
    #expect(commits.count == 3)
  }
}
