import Platform
import Support
import SystemPackage
import Testing

/// `data.digest = sha256`: two files of one md5 are not taken for each other.
@Suite("Versioned data with SHA-256") struct DataDigestTests {
  /// Two messages of one md5 (Wang, Feng, Lai, Yu: "Collisions for hash functions MD4, MD5, HAVAL-128 and RIPEMD", 2004).
  private static func collision() throws -> (one: [UInt8], other: [UInt8]) {
    let text = """
      d131dd02c5e6eec4693d9a0698aff95c2fcab58712467eab4004583eb8fb7f8955ad340609f4b30283e488832571415a\
      085125e8f7cdc99fd91dbdf280373c5bd8823e3156348f5bae6dacd436c919c6dd53e2b487da03fd02396306d248cda0\
      e99f33420f577ee8ce54b67080a80d1ec69821bcb6a8839396f9652b6ff72a70
      """
    let digits = Array(text.utf8)
    let one = try stride(from: 0, to: digits.count, by: 2).map {
      try #require(UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16))
    }
    var other = one
    for place in [19, 45, 59, 83, 109, 123] { other[place] ^= 0x80 }
    return (one, other)
  }

  private static let object = "files/md5/79/054025255fb1a26e4bc422aef54eb4"

  /// A project with the first of the two, in a file and in a folder, pushed; `reprise` is the program.
  private func project(sha256: Bool = true) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    let (one, other) = try Self.collision()
    try FileSystem.write(one, to: folder.path.appending("one"))
    try FileSystem.write(other, to: folder.path.appending("other"))
    #expect(MD5.digest(of: one) == MD5.digest(of: other) && one != other)
    try await shell(
      """
      mkdir p; cd p; git init -q -b main .; reprise data remote add -d store ../remote
      if \(sha256); then git config --file .dvc/reprise data.digest sha256; fi
      cp ../one model; mkdir data; cp ../one data/a; echo b > data/b; echo é > data/é; chmod +x data/b
      reprise data add model data; reprise data push; git add -A; git commit -qm 1
      """, in: folder)
    return folder
  }

  @discardableResult
  private func shell(_ text: String, in folder: TemporaryFolder) async throws -> String {
    try await Program.shell("reprise() { '\(Program.path)' \"$@\"; }; " + text, in: folder.path)
  }

  private func data(_ words: String..., in folder: TemporaryFolder) async throws -> Program.Result {
    try await Program.run(["data"] + words, in: folder.path.appending("p"))
  }

  @Test("content of the same md5 that was put into a remote is caught by fetch, and not taken")
  func remote() async throws {
    let folder = try await project()
    try await shell(
      "cp -f other remote/\(Self.object); rm -rf p/.dvc/cache p/model p/data", in: folder)
    for command in ["fetch", "pull"] {
      let result = try await data(command, in: folder)
      #expect(result.status == 2 && result.error.contains("SHA-256"), "\(command): \(result)")
      #expect(!FileSystem.exists(folder.path.pushing(FilePath("p/.dvc/cache/" + Self.object))))
      #expect(!FileSystem.exists(folder.path.pushing("p/model")))
    }
    try await shell("cp -f one remote/\(Self.object)", in: folder)
    let right = try await data("pull", in: folder)
    #expect(right.status == 0, "\(right)")
    try await shell("cmp one p/model; cmp one p/data/a; [ -x p/data/b ]", in: folder)
    #expect(try await data("verify", in: folder).status == 0)
  }

  @Test("without the setting it is taken: md5 alone cannot tell") func withoutSetting() async throws
  {
    let folder = try await project(sha256: false)
    try await shell(
      "cp -f other remote/\(Self.object); rm -rf p/.dvc/cache p/model p/data", in: folder)
    #expect(try await data("pull", in: folder).status == 0)
    try await shell("cmp other p/model; ! grep -rq sha256 p/*.dvc", in: folder)
  }

  @Test("content that was replaced in the cache is found by verify, not delivered and not pushed")
  func cache() async throws {
    let folder = try await project()
    try await shell("cp -f other p/.dvc/cache/\(Self.object)", in: folder)
    let verified = try await data("verify", in: folder)
    #expect(verified.status == 1 && verified.output.hasPrefix("replaced "), "\(verified)")
    for (setUp, words) in [
      ("rm -f p/model", ["checkout"]), ("rm -f p/data/a", ["checkout", "data/a"]),
      ("rm -f p/data/a", ["checkout", "--link", "hardlink"]),
      ("cd p; reprise data remote add second ../second", ["push", "-r", "second"]),
    ] {
      try await shell(setUp, in: folder)
      let result = try await Program.run(["data"] + words, in: folder.path.appending("p"))
      #expect(result.status == 2 && result.error.contains("SHA-256"), "\(words): \(result)")
    }
    try await shell(
      "[ ! -e p/model ] && [ ! -e p/data/a ] && [ ! -e second/\(Self.object) ]", in: folder)
    let repaired = try await data("verify", "--repair", in: folder)
    #expect(repaired.status == 0, "\(repaired)")
    #expect(try await data("checkout", in: folder).status == 0)
    try await shell("cmp one p/model; cmp one p/data/a", in: folder)
  }

  @Test("a remote that lost the digests of a folder does not get it taken unchecked")
  func listingGone() async throws {
    let folder = try await project()
    try await shell("mv remote/reprise/sha256 aside; rm -rf p/.dvc/cache p/data", in: folder)
    let result = try await data("pull", "data", in: folder)
    #expect(result.status == 2 && result.error.contains("not taken unchecked"), "\(result)")
    #expect(!FileSystem.exists(folder.path.pushing("p/data")))
    try await shell("mv aside remote/reprise/sha256", in: folder)
    #expect(try await data("pull", "data", in: folder).status == 0)
    let listing = try await shell("find p/.dvc/cache/reprise/sha256 -type f", in: folder)
    // One that was changed is as good as none.
    try await shell(
      "f=$(find p/.dvc/cache/reprise/sha256 -type f); chmod u+w $f; echo >> $f; rm p/data/a",
      in: folder)
    let damaged = try await data("checkout", in: folder)
    #expect(damaged.status == 2, "\(damaged)")
    #expect(try await data("fetch", in: folder).status == 0)
    #expect(try await data("checkout", in: folder).status == 0)
    #expect(try await shell("find p/.dvc/cache/reprise/sha256 -type f", in: folder) == listing)
  }

  @Test("two files of one md5 cannot be added together, nor one in place of the other")
  func adding() async throws {
    let folder = try await project()
    try await shell("cp other p/data/c", in: folder)
    let both = try await data("add", "data", in: folder)
    #expect(both.status == 2 && both.error.contains("data/c"), "\(both)")
    try await shell("rm p/data/c; cp other p/model; touch -d 2020-01-01 p/model", in: folder)
    let other = try await data("add", "model", in: folder)
    #expect(other.status == 2 && other.error.contains("another content"), "\(other)")
    try await shell(
      "cd p; git diff --exit-code; mkdir new; cp ../one new/a; cp ../other new/b", in: folder)
    let new = try await data("add", "--no-commit", "new", in: folder)
    #expect(new.status == 2 && new.error.contains("same MD5"), "\(new)")
  }

  @Test(
    "versions of before get a SHA-256 with the next add; files that did not change are not read")
  func later() async throws {
    let folder = try await project(sha256: false)
    try await shell("cd p; git config --file .dvc/reprise data.digest sha256", in: folder)
    let added = try await data("add", "data", "model", in: folder)
    #expect(added.status == 0 && added.output.hasPrefix("added data"), "\(added)")
    // What cannot be read is not: its digest is that of the version before.
    try await shell("echo more > p/data/d; sleep 0.05", in: folder)
    #expect(try await data("add", "data", in: folder).status == 0)
    let listing = try await shell(
      """
      cd p; s=$(sed -n 's/.*sha256: //p' data.dvc); f=.dvc/cache/reprise/sha256/${s:0:2}/${s:2}
      echo "$s  $f" | sha256sum -c --quiet
      python3 -c '
      import hashlib, json, sys
      files = json.load(open(sys.argv[1]))["files"]
      for name, digest in files.items(): assert hashlib.sha256(open("data/" + name, "rb").read()).hexdigest() == digest
      print(list(files))' $f
      """, in: folder)
    #expect(listing == "['a', 'b', 'd', 'é']\n")
    try await shell(
      "cd p; git config --file .dvc/reprise data.digest md5; echo 1 > model", in: folder)
    #expect(try await data("add", "model", in: folder).status == 0)
    #expect(try !folder.read("p/model.dvc").contains("meta"))
  }

  @Test("what is named stays when contents are collected, and the rest goes") func collection()
    async throws
  {
    let folder = try await project()
    try await shell(
      """
      cd p; echo gone > data/b; reprise data add data; echo kept > data/b; reprise data add data
      git add -A; git commit -qm 2
      """, in: folder)
    func listings() async throws -> String {
      try await shell("find p/.dvc/cache/reprise/sha256 -type f | wc -l", in: folder)
    }
    #expect(try await listings() == "3\n")
    let gone = try await data("gc", "--grace", "0s", in: folder)
    #expect(gone.status == 0, "\(gone)")
    #expect(try await listings() == "2\n")
    try await shell("rm -r p/data", in: folder)
    #expect(try await data("checkout", "--rev", "HEAD~1", in: folder).status == 0)
    #expect(try await data("verify", in: folder).status == 0)
  }

  @Test("it goes to a remote at once, and into other projects") func elsewhere() async throws {
    let folder = try await project()
    try await shell(
      "cd p; mkdir big; echo 1 > big/x; echo 2 > big/y; reprise data add --to-remote big",
      in: folder)
    try await shell("rm -rf p/.dvc/cache p/big", in: folder)
    #expect(try await data("pull", in: folder).status == 0)
    try await shell("cat p/big/x; cmp one p/model", in: folder)
    try await shell(
      """
      cd p; git add -A; git commit -qm 2; cd ..; mkdir q; cd q; git init -q .
      reprise data import ../p data; reprise data get ../p data/a -o a; cmp a ../one; cmp data/a ../one
      cd ../p; rm -rf .dvc/cache; cp -f ../other ../remote/\(Self.object)
      """, in: folder)
    let got = try await Program.run(["data", "get", "p", "model"], in: folder.path)
    #expect(got.status == 2 && got.error.contains("SHA-256"), "\(got)")
    #expect(!FileSystem.exists(folder.path.appending("model")))
  }
}
