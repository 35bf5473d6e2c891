import Platform
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Git bundles") struct BundleTests {
  /// Two branches that were merged, a tag, a link, a program.
  private func box() throws -> GitSandbox {
    let box = try GitSandbox()
    try box.write("one\n", to: "a.txt")
    try box.write("x\n", to: "dir/run", mode: 0o755)
    try box.shell("ln -s a.txt link")
    try box.commit("first")
    try box.git("checkout", "-q", "-b", "side")
    try box.write((0..<300).map { "line \($0)\n" }.joined(), to: "long.txt")
    try box.commit("side")
    try box.git("checkout", "-q", "main")
    try box.write((0..<300).map { "line \($0 % 299)\n" }.joined(), to: "dir/long.txt")
    try box.commit("main")
    try box.git("merge", "-q", "-m", "both", "side")
    try box.git("tag", "-a", "-m", "one", "v1")
    return box
  }

  private func listing(_ box: GitSandbox, _ opened: Repository, _ commit: String) throws
    -> FolderListing
  {
    try box.removeBeside("checked")
    _ = try opened.checkOut(commit: commit, into: box.beside("checked"))
    return try FolderListing(box.beside("checked"), box)
  }

  @Test("git verifies and clones ours, and the same commit gives the same bytes") func written()
    throws
  {
    let box = try box()
    let file = box.beside("run.bundle")
    let written = try box.open().writeBundle(commit: "HEAD", to: file)
    #expect(written.boundary == [])
    #expect(written.commit == (try box.git("rev-parse", "HEAD").trimmed))
    let objects = try box.git("rev-list", "--objects", "HEAD").split(separator: "\n").count
    #expect(written.objects == objects)
    try box.git("bundle", "verify", file.string)
    try box.git("clone", "-q", file.string, "../cloned")
    #expect(try box.git("rev-parse", "HEAD", at: box.beside("cloned")).trimmed == written.commit)
    #expect(try box.git("fsck", "--full", at: box.beside("cloned")) == "")
    #expect(
      try FolderListing(box.beside("cloned"), box).differences(to: FolderListing(box.path, box))
        == [])
    // Packed another way, with other settings, and written from a clone.
    try box.shell("git gc -q --aggressive; git config pack.window 0; git config core.compression 1")
    let again = box.beside("again.bundle")
    _ = try box.open().writeBundle(commit: "HEAD", to: again)
    #expect(try FileSystem.read(again) == FileSystem.read(file))
    let cloned = try #require(try Repository.discover(from: box.beside("cloned")))
    _ = try cloned.writeBundle(commit: written.commit, to: again)
    #expect(try FileSystem.read(again) == FileSystem.read(file))
  }

  @Test("without history it holds the true commit alone") func thin() throws {
    let box = try box()
    let file = box.beside("thin.bundle")
    let written = try box.open().writeBundle(commit: "HEAD", to: file, withoutHistory: true)
    #expect(written.boundary == [written.commit])
    let lacking = #expect(throws: Failure.self) {
      _ = try Repository.openBundle(file, into: box.beside("lacking"))
    }
    #expect(lacking?.code == .corrupt)
    let opened = try Repository.openBundle(
      file, into: box.beside("opened"), boundary: written.boundary, expecting: written.commit)
    #expect(
      try listing(box, opened.repository, written.commit).differences(
        to: FolderListing(box.path, box)) == [])
    #expect(try box.git("status", "--porcelain", at: box.beside("checked")) == "")
    #expect(try box.git("log", "--oneline", at: box.beside("checked")).contains("both"))
    #expect(try box.git("fsck", "--full", at: box.beside("opened")) == "")
    // Plain git, as the comment says.
    try box.shell(
      "git init -q ../plain; cd ../plain; echo \(written.commit) > .git/shallow; git bundle unbundle ../thin.bundle; git checkout -q \(written.commit); git fsck"
    )
    // A shallow clone ends where it ends.
    try box.git("clone", "-q", "--depth", "1", "file://\(box.path)", "../shallow")
    let shallow = try #require(try Repository.discover(from: box.beside("shallow")))
    let cut = try shallow.writeBundle(commit: "HEAD", to: box.beside("cut.bundle"))
    #expect(cut.boundary == [written.commit])
    let wrong = #expect(throws: Failure.self) {
      _ = try Repository.openBundle(
        file, into: box.beside("wrong"), expecting: String(repeating: "a", count: 40))
    }
    #expect(wrong?.code == .corrupt)
  }

  @Test(
    "what git wrote is opened",
    arguments: [
      ["HEAD"], ["--all"], ["v1"], ["main", "side"], ["--version=3", "main"],
      ["--version=2", "side"],
    ]) func foreign(arguments: [String]) throws
  {
    let box = try box()
    let file = box.beside("git.bundle")
    let version = arguments.filter { $0.hasPrefix("--version") }
    let names = arguments.filter { !$0.hasPrefix("--version") }
    try box.gitBytes(["bundle", "create", "-q"] + version + [file.string] + names)
    let opened = try Repository.openBundle(file, into: box.beside("opened"))
    let heads = try box.git("bundle", "list-heads", file.string).split(separator: "\n")
    #expect(opened.references.count == heads.count)
    for (name, commit) in opened.references {
      let wanted = try box.git("rev-parse", "\(name)^{commit}").trimmed
      #expect(commit == wanted)
      try box.git("checkout", "-q", "--detach", commit)
      #expect(
        try listing(box, opened.repository, commit).differences(to: FolderListing(box.path, box))
          == [])
    }
    #expect(try box.git("fsck", "--full", at: box.beside("opened")) == "")
  }

  @Test("one that builds on commits from elsewhere is refused, and one that leaves out files")
  func partial() throws {
    let box = try box()
    for arguments in [["main", "^side"], ["--filter=blob:none", "main"]] {
      let file = box.beside("part.bundle")
      try box.gitBytes(["bundle", "create", "-q", file.string] + arguments)
      let failure = #expect(throws: Failure.self) {
        _ = try Repository.openBundle(file, into: box.beside("part"))
      }
      #expect(failure?.code == .unsupported, "\(String(describing: failure))")
    }
  }

  /// A bundle of 600 bytes or so, opened in every way it can be cut and in hundreds of ways it can be damaged.
  @Test("cut off or damaged it is refused, or all that is there is true") func damaged() throws {
    let box = try GitSandbox()
    try box.write((0..<40).map { "line \($0)\n" }.joined(), to: "a")
    try box.commit("a")
    try box.write((0..<41).map { "line \($0)\n" }.joined(), to: "a")
    try box.write("b\n", to: "d/b")
    let commit = try box.commit("b")
    let (file, broken) = (box.beside("whole.bundle"), box.beside("broken.bundle"))
    _ = try box.open().writeBundle(commit: "HEAD", to: file)
    let bytes = try FileSystem.read(file)
    let wanted = try FolderListing(box.path, box)
    var random = SeededRandom(seed: 8)
    var cases = (0..<bytes.count).map { Array(bytes.prefix($0)) }
    for _ in 0..<400 {
      var other = bytes
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        other[Int.random(in: other.indices, using: &random)] ^=
          1
          << UInt8.random(
            in: 0...7, using: &random)
      }
      cases.append(other)
    }
    var opened = 0
    for content in cases {
      try FileSystem.write(content, to: broken, durable: false)
      let place = box.beside("place")
      try FileSystem.removeTree(place)
      do {
        let result = try Repository.openBundle(broken, into: place)
        #expect(content.count == bytes.count)
        guard result.references.contains(where: { $0.commit == commit }) else { continue }
        opened += 1
        #expect(try listing(box, result.repository, commit).differences(to: wanted) == [])
      } catch let failure as Failure {
        #expect([.corrupt, .unsupported].contains(failure.code), "\(failure)")
      }
    }
    // A name of a branch with another letter harms nothing.
    #expect(opened < 100)
  }

  @Test("a pack that claims more than is allowed is refused before it is unpacked") func bomb()
    throws
  {
    let box = try GitSandbox()
    try box.write([UInt8](repeating: 0x61, count: 3_000_000), to: "big")
    try box.commit()
    let file = box.beside("bomb.bundle")
    _ = try box.open().writeBundle(commit: "HEAD", to: file)
    #expect(try FileSystem.read(file).count < 20_000)
    for limits in [
      BundleLimits(object: ByteCount(1_000_000)), BundleLimits(total: ByteCount(2_000_000)),
    ] {
      let failure = #expect(throws: Failure.self) {
        _ = try Repository.openBundle(file, into: box.beside("out"), limits: limits)
      }
      #expect(failure?.code == .corrupt)
      #expect(!FileSystem.exists(box.beside("out")))
    }
  }

  @Test("submodules have bundles of their own, and are found where they were opened")
  func submodules() throws {
    let inner = try GitSandbox("inner")
    try inner.write("inner\n", to: "i")
    try inner.commit()
    let middle = try GitSandbox("middle")
    try middle.write("middle\n", to: "m")
    try middle.git("submodule", "--quiet", "add", inner.path.string, "deep/in")
    try middle.commit()
    let box = try box()
    try box.git("submodule", "--quiet", "add", "--name", "odd/name", middle.path.string, "mid")
    try box.git("submodule", "--quiet", "update", "--init", "--recursive")
    let commit = try box.commit()
    let commits = try box.open().commitsToBundle(of: commit)
    #expect(commits.map(\.path) == ["", "mid", "mid/deep/in"])
    #expect(
      commits.map(\.directory) == ["", "modules/odd/name", "modules/odd/name/modules/deep/in"])
    let top = box.beside("opened")
    for (place, item) in commits.enumerated() {
      let file = box.beside("\(place).bundle")
      _ = try #require(item.repository).writeBundle(commit: item.commit, to: file)
      _ = try Repository.openBundle(file, into: top.pushing(item.directory))
    }
    let wanted = try FolderListing(box.path, box)
    for sandbox in [inner, middle] {
      try sandbox.removeBeside(sandbox.path.lastComponent?.string ?? "none")
    }
    let opened = try #require(try Repository.discover(from: top))
    #expect(try listing(box, opened, commit).differences(to: wanted) == [])
  }
}
