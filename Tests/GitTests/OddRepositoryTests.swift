import Glibc
import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Repositories that are not plain") struct OddRepositoryTests {
  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  /// A repository with two files, committed.
  private func plain() throws -> GitSandbox {
    let box = try GitSandbox()
    try box.write("one\n", to: "a.txt")
    try box.write("two\n", to: "folder/b.txt")
    try box.commit()
    return box
  }

  @Test("an index of version 4 is read", arguments: [2, 3, 4])
  func versions(version: Int) throws {
    let box = try plain()
    for place in 0..<50 { try box.write("\(place)\n", to: "folder/deep/file\(place).txt") }
    try box.commit()
    try box.git("update-index", "--index-version", "\(version)", "--force-write-index")
    #expect(try box.open().changes().isDirty == false)
    try box.write("changed\n", to: "folder/deep/file7.txt")
    #expect(try box.open().changes().files == ["folder/deep/file7.txt"])
  }

  @Test("a split index is read together with the file it shares", arguments: [2, 4])
  func split(version: Int) throws {
    let box = try plain()
    for place in 0..<300 { try box.write("\(place)\n", to: "many/file\(place).txt") }
    try box.commit()
    try box.git("update-index", "--index-version", "\(version)", "--split-index")
    #expect(try box.open().changes().isDirty == false)
    try box.git("config", "core.splitIndex", "true")
    try box.git("config", "splitIndex.maxPercentChange", "100")
    try box.write("changed\n", to: "many/file7.txt")
    try box.write("new\n", to: "many/file70.new")
    try box.git("rm", "-q", "many/file100.txt", "many/file200.txt", "a.txt")
    try box.git("add", "-A")
    try box.write("again\n", to: "many/file8.txt")
    let index = try IndexFile(box.path.appending(".git/index"))
    let ours = index.entries.map {
      "\(index.object($0).hex) \(String(decoding: index.name($0), as: UTF8.self))"
    }
    let theirs = try box.git("ls-files", "--format=%(objectname) %(path)").split(separator: "\n")
    #expect(ours == theirs.map(String.init))
    let shared = try FileSystem.names(in: box.path.appending(".git"))
      .filter { $0.hasPrefix("sharedindex") }
    #expect(!shared.isEmpty)
    let changes = try box.open().changes()
    #expect(changes.files.count == 6)
    try ChangesTests.expectFaithful(box, changes)
    for name in shared { try FileSystem.remove(box.path.appending(".git/\(name)")) }
    #expect(failure { _ = try box.open().changes() }?.code == .corrupt)
  }

  @Test("a repository that names objects by SHA-256 is refused by name")
  func sha256() throws {
    let box = try GitSandbox(initialized: false)
    try box.git("init", "-q", "--object-format=sha256", ".")
    let refusal = failure { _ = try Repository.discover(from: box.path) }
    #expect(refusal?.code == .unsupported)
    #expect(refusal?.message.contains("SHA-256") == true)
  }

  @Test(
    "somebody else's repository is refused until it is declared safe", .enabled(if: getuid() == 0))
  func ownership() throws {
    let box = try plain()
    try box.shell("mkdir inner; chown -R 4321 .")
    let refusal = failure { _ = try Repository.discover(from: box.path.appending("inner")) }
    #expect(refusal?.code == .permission)
    #expect(refusal?.message.hasPrefix("dubious ownership") == true)
    #expect(refusal?.hint == "git config --global --add safe.directory \(box.path)")
  }

  @Test("`safe.directory = *` is obeyed", .enabled(if: getuid() == 0))
  func everybody() async throws {
    await #expect(processExitsWith: .success) {
      let box = try GitSandbox()
      try box.commit()
      try box.shell("chown -R 4321 .")
      setenv("HOME", box.beside("").string, 1)
      try FileSystem.write("[safe]\n\tdirectory = *\n", to: box.beside(".gitconfig"))
      try #require(try Repository.discover(from: box.path)?.head().branch == "main")
      try #require(try Repository.discover(from: box.path)?.changes().isDirty == false)
    }
  }

  @Test("GIT_DIR counts for the work tree it names, and for no other folder")
  func environment() async throws {
    await #expect(processExitsWith: .success) {
      let box = try GitSandbox()
      let other = try GitSandbox()
      try box.git("init", "-q", "--separate-git-dir", box.beside("store").string, ".")
      let commit = try box.commit()
      let second = try other.commit("another")
      try FileSystem.remove(box.path.appending(".git"))
      setenv("GIT_DIR", box.beside("store").string, 1)
      setenv("GIT_WORK_TREE", box.path.string, 1)
      let found = try #require(try Repository.discover(from: box.path))
      try #require(found.head().commit == commit)
      try #require(found.changes().isDirty == false)
      let elsewhere = try #require(try Repository.discover(from: other.path))
      try #require(elsewhere.head().commit == second)
    }
  }

  @Test("files that a sparse checkout left out are no change")
  func sparse() throws {
    let box = try plain()
    try box.write("three\n", to: "other/c.txt")
    try box.commit()
    try box.git("sparse-checkout", "set", "--no-cone", "folder/")
    #expect(!FileSystem.exists(box.path.appending("other")))
    #expect(try box.open().changes().isDirty == false)
    try box.write("changed\n", to: "folder/b.txt")
    #expect(try box.open().changes().files == ["folder/b.txt"])
  }

  @Test("a sparse index is read")
  func sparseIndex() throws {
    let box = try plain()
    for name in ["x/1", "x/deep/2", "y/3"] { try box.write("\(name)\n", to: name) }
    try box.commit()
    try box.git("sparse-checkout", "set", "--cone", "--sparse-index", "folder")
    #expect(!FileSystem.exists(box.path.appending("x")))
    #expect(try box.open().changes().isDirty == false)
    try box.write("changed\n", to: "folder/b.txt")
    #expect(try box.open().changes().files == ["folder/b.txt"])
  }

  @Test("shallow and partial clones are read")
  func partial() throws {
    let box = try plain()
    try box.write("more\n", to: "a.txt")
    try box.commit()
    try box.git("config", "uploadpack.allowFilter", "true")
    for (name, option) in [("shallow", "--depth=1"), ("partial", "--filter=blob:none")] {
      let clone = box.beside(name)
      try box.git("clone", "-q", option, "file://\(box.path)", clone.string)
      try FileSystem.write("changed\n", to: clone.appending("a.txt"))
      let repository = try #require(try Repository.discover(from: clone))
      #expect(try repository.changes().files == ["a.txt"])
    }
  }

  @Test("the sides of a conflict are one changed file")
  func conflict() throws {
    let box = try plain()
    try box.git("checkout", "-q", "-b", "side")
    try box.write("side\n", to: "a.txt")
    try box.shell("git rm -q folder/b.txt")
    try box.commit()
    try box.git("checkout", "-q", "main")
    try box.write("main\n", to: "a.txt")
    try box.write("kept\n", to: "folder/b.txt")
    try box.commit()
    _ = try box.run(["git", "merge", "-q", "side"])
    let changes = try box.open().changes()
    #expect(changes.isDirty)
    #expect(changes.files == ["a.txt"])
    #expect(String(decoding: changes.patch, as: UTF8.self).contains("+<<<<<<< HEAD"))
    try ChangesTests.expectFaithful(box, changes)
  }

  @Test("a submodule is noted with its commit, and never entered")
  func submodule() throws {
    let box = try plain()
    let inner = try GitSandbox("inner")
    try inner.write("inner\n", to: "x")
    let first = try inner.commit()
    try box.git("submodule", "-q", "add", inner.path.string, "libs/inner")
    try box.commit()
    #expect(try box.open().changes().isDirty == false)
    try box.write("changed\n", to: "libs/inner/x")
    #expect(
      try box.open().changes().leftOut == [
        .init(path: "libs/inner", size: nil, reason: .submodule(commit: first, isDirty: true))
      ])
    let place = box.path.appending("libs/inner")
    try box.git("commit", "-q", "-a", "-m", "inside", at: place)
    let second = try box.git("rev-parse", "HEAD", at: place).trimmed
    let changes = try box.open().changes()
    #expect(changes.isDirty)
    #expect(changes.patch == [])
    #expect(
      changes.leftOut == [
        .init(path: "libs/inner", size: nil, reason: .submodule(commit: second, isDirty: false))
      ])
    #expect(try #require(try Repository.discover(from: place)).head().commit == second)
  }

  @Test("a repository inside that is no submodule is noted")
  func nested() throws {
    let box = try plain()
    try box.git("init", "-q", "nested")
    try box.write("x", to: "nested/x")
    let changes = try box.open().changes()
    #expect(changes.isDirty)
    #expect(
      changes.leftOut == [.init(path: "nested", size: nil, reason: .repository(commit: nil))])
  }

  @Test("what is over a limit is listed with its size")
  func limits() throws {
    let box = try plain()
    try box.write(String(repeating: "x\n", count: 1000), to: "big.txt")
    try box.write(String(repeating: "y\n", count: 400), to: "m1.txt")
    try box.write(String(repeating: "z\n", count: 400), to: "m2.txt")
    try box.write("small\n", to: "small.txt")
    try box.write(String(repeating: "x\n", count: 900), to: "a.txt")
    let limits = ChangeLimits(file: ByteCount(1000), total: ByteCount(2000), files: 2)
    let changes = try box.open().changes(limits: limits)
    #expect(changes.files == ["m1.txt", "small.txt"] || changes.files == ["m1.txt", "m2.txt"])
    #expect(
      changes.leftOut.map { "\($0.path) \($0.size?.description ?? "") \($0.reason)" } == [
        "a.txt 1.8 kB larger than the limit for one file",
        "big.txt 2.0 kB larger than the limit for one file",
        "m2.txt 800 B over the limit for all files",
      ])
  }

  @Test("a large file that was only touched is no change")
  func touched() throws {
    let box = try plain()
    try box.write(String(repeating: "x\n", count: 1000), to: "big.txt")
    try box.commit()
    try box.shell("touch -d 2001-01-01 big.txt a.txt")
    let limits = ChangeLimits(file: ByteCount(1000))
    #expect(try box.open().changes(limits: limits).isDirty == false)
  }

  @Test("a change of the same size at the same moment is seen")
  func racy() throws {
    for round in 0..<30 {
      let box = try GitSandbox()
      try box.write("a\(round % 10)\n", to: "a.txt")
      try box.git("add", "-A")
      try box.git("commit", "-q", "-m", "x")
      try box.write("b\(round % 10)\n", to: "b.txt")
      try box.git("add", "-A")
      // Right behind git, in place, with the same size.
      let file = open(box.path.appending("b.txt").string, O_WRONLY)
      _ = Glibc.write(file, "c", 1)
      close(file)
      let changes = try box.open().changes()
      #expect(String(decoding: changes.patch, as: UTF8.self).contains("+c\(round % 10)"))
    }
  }

  @Test("excluded folders are passed over, tracked or not")
  func excluded() throws {
    let box = try plain()
    try box.write("x", to: ".reprise/records.db")
    try box.write("x", to: "folder/.reprise/kept")
    #expect(try box.open().changes().files == ["folder/.reprise/kept"])
    try box.commit()
    try box.write("y", to: ".reprise/records.db")
    try box.write("y", to: "folder/b.txt")
    #expect(try box.open().changes().files == ["folder/b.txt"])
    #expect(try box.open().changes(excluding: [".reprise", "folder"]).isDirty == false)
    try box.shell("rm -r .reprise folder")
    #expect(try box.open().changes(excluding: [".reprise", "folder"]).isDirty == false)
  }

  @Test("a git-lfs file is compared by its pointer")
  func largeFileStorage() throws {
    let box = try GitSandbox()
    // The command of git-lfs, made of what every machine has.
    let clean =
      #"sh -c 't=$(mktemp); cat > $t; printf "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %s\n" "$(sha256sum < $t | cut -c1-64)" "$(wc -c < $t)"; rm $t'"#
    try box.git("config", "filter.lfs.clean", clean)
    try box.git("config", "filter.lfs.required", "true")
    try box.write("*.bin filter=lfs diff=lfs merge=lfs -text\n", to: ".gitattributes")
    try box.write([1, 2, 3, 0, 255], to: "model.bin")
    try box.commit()
    try box.shell("touch -d 2001-01-01 model.bin")
    #expect(try box.open().changes().isDirty == false)
    try box.write([UInt8](repeating: 9, count: 5000), to: "model.bin")
    let changes = try box.open().changes(limits: ChangeLimits(file: ByteCount(1000)))
    #expect(changes.files == ["model.bin"])
    #expect(
      changes.leftOut == [
        .init(path: "model.bin", size: ByteCount(5000), reason: .largeFileStorage)
      ])
    #expect(changes.patch == (try box.gitBytes(["diff", "--binary", "--full-index", "HEAD"])))
  }

  @Test("a filter of the configuration is run")
  func filter() throws {
    let box = try GitSandbox()
    try box.git("config", "filter.upper.clean", "tr a-z A-Z")
    try box.write("*.up filter=upper\n", to: ".gitattributes")
    try box.write("text\n", to: "a.up")
    try box.commit()
    try box.shell("touch -d 2001-01-01 a.up")
    #expect(try box.open().changes().isDirty == false)
    try box.write("texts\n", to: "a.up")
    let patch = try box.open().changes().patch
    #expect(patch == (try box.gitBytes(["diff", "--binary", "--full-index", "HEAD"])))
    try box.git("config", "filter.upper.clean", "false")
    try box.git("config", "filter.upper.required", "true")
    #expect(
      try box.open().changes().leftOut == [
        .init(path: "a.up", size: nil, reason: .filtered("upper"))
      ])
  }

  @Test("the patch of text is git's own", arguments: ["true", "false", "input"])
  func sameText(autocrlf: String) throws {
    let box = try GitSandbox()
    try box.git("config", "core.autocrlf", autocrlf)
    try box.write("*.dos text eol=crlf\n*.raw -text\n", to: ".gitattributes")
    try box.write("func a() {\n  one\n}\n\nfunc b() {\n  two\n  three\n}\n", to: "code.c")
    try box.write("one\r\ntwo\r\n", to: "x.dos")
    try box.write("one\r\ntwo\r\n", to: "x.raw")
    try box.write("one\ntwo", to: "no end")
    try box.write("gone", to: "gone")
    try box.commit()
    try box.write("func a() {\n  one\n}\n\nfunc b() {\n  2\n  three\n}\n", to: "code.c")
    try box.write("one\r\n2\r\n", to: "x.dos")
    try box.write("one\r\n2\r\n", to: "x.raw")
    try box.write("one\ntwo\n", to: "no end")
    try box.shell("rm gone; chmod +x code.c")
    let patch = try box.open().changes().patch
    let theirs = try box.gitBytes(["diff", "--binary", "--full-index", "--no-renames", "HEAD"])
    #expect(String(decoding: patch, as: UTF8.self) == String(decoding: theirs, as: UTF8.self))
  }

  @Test("deep folders and long names")
  func long() throws {
    let box = try plain()
    let name = String(repeating: "n", count: 250)
    let path = (0..<14).map { "\($0)\(name.dropLast(3))" }.joined(separator: "/")
    try box.shell("d='\(path)'; mkdir -p \"$d\"; cd \"$d\"; echo x > file")
    let changes = try box.open().changes()
    #expect(changes.files.count == 1)
    try ChangesTests.expectFaithful(box, changes)
  }

  @Test("special files are not looked at")
  func special() throws {
    let box = try plain()
    try box.shell("mkfifo pipe; mkdir empty")
    #expect(try box.open().changes().isDirty == false)
    try box.shell("rm a.txt; mkfifo a.txt")
    let changes = try box.open().changes()
    #expect(changes.files == ["a.txt"])
  }

  @Test("the index is never written")
  func untouched() throws {
    let box = try plain()
    try box.shell("touch -d 2001-01-01 a.txt")
    let before = try FileSystem.status(box.path.appending(".git/index"))
    let bytes = try FileSystem.read(box.path.appending(".git/index"))
    _ = try box.open().changes()
    #expect(try FileSystem.status(box.path.appending(".git/index")) == before)
    #expect(try FileSystem.read(box.path.appending(".git/index")) == bytes)
    #expect(!FileSystem.exists(box.path.appending(".git/index.lock")))
  }
}
