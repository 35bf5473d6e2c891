import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise data move`, `remove`, `unprotect`, `doctor`, `get`, `import`, `update` and `add --to-remote`.
@Suite("Upkeep of versioned data") struct DataUpkeepTests {
  private func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      git init -q -b main .; git config user.name Ada; git config user.email ada@example.com
      mkdir -p data/sub; echo 1 > data/one; printf '#!/bin/sh\n' > data/sub/run; chmod +x data/sub/run; echo m > model
      '\(Program.path)' data add data model; git add -A; git commit -qm 'First data'; git tag v1
      """, in: folder.path)
    return folder
  }

  private func data(_ words: String..., in folder: FilePath) async throws -> Program.Result {
    try await Program.run(["data"] + words, in: folder)
  }

  @Test("data, pointer and ignore line move together, and a half-done move is made again")
  func move() async throws {
    let folder = try await repository()
    let moved = try await data("move", "model", "models/best", in: folder.path)
    #expect(moved.status == 0, "\(moved)")
    #expect(try folder.read("models/best") == "m\n")
    #expect(try folder.read("models/.gitignore") == "/best\n")
    #expect(try folder.read(".gitignore") == "/data\n")
    #expect(try folder.read("models/best.dvc").contains("path: best"))
    #expect(!FileSystem.exists(folder.path.appending("model.dvc")))
    #expect(try await data("status", in: folder.path).status == 0)
    // Killed behind the new pointer and before the data went.
    try await Program.shell(
      "sed 's/path: data/path: raw/' data.dvc > raw.dvc", in: folder.path)
    let again = try await data("mv", "data", "raw", in: folder.path)
    #expect(again.status == 0, "\(again)")
    #expect(try folder.read("raw/one") == "1\n")
    #expect(!FileSystem.exists(folder.path.appending("data.dvc")))
    #expect(try await data("status", in: folder.path).status == 0)
    for (words, text) in [
      (["raw", "raw/inner"], "into itself"), (["raw", "models/best"], "overlaps"),
      (["none", "x"], "not versioned"), (["raw/one", "x"], "versioned as a whole"),
      (["raw", ".dvc/x"], "belongs to the versions"), (["raw", "/tmp/x"], "outside"),
    ] {
      let refused = try await Program.run(["data", "move"] + words, in: folder.path)
      #expect(refused.status == 2 && refused.error.contains(text), "\(words): \(refused)")
    }
    #expect(try await data("status", in: folder.path).status == 0)
  }

  @Test("a path that is removed from the versions keeps its data, unless both is asked for")
  func remove() async throws {
    let folder = try await repository()
    let removed = try await data("remove", "model", in: folder.path)
    #expect(removed.status == 0, "\(removed)")
    #expect(try folder.read("model") == "m\n")
    #expect(try folder.read(".gitignore") == "/data\n")
    try folder.write("mine", to: "data/two")
    let refused = try await data("remove", "--outs", "data", in: folder.path)
    #expect(refused.status == 2 && refused.error.contains("data/two"), "\(refused)")
    #expect(try folder.read("data/two") == "mine")
    #expect(FileSystem.exists(folder.path.appending("data.dvc")))
    let forced = try await data("rm", "--outs", "--force", "data", in: folder.path)
    #expect(forced.status == 0, "\(forced)")
    #expect(!FileSystem.exists(folder.path.appending("data")))
    #expect(!FileSystem.exists(folder.path.appending(".gitignore")))
  }

  @Test("linked files become files of their own", arguments: ["hardlink", "symlink"])
  func unprotect(kind: String) async throws {
    let folder = try await repository()
    let linked = try await data("checkout", "--relink", "--link", kind, in: folder.path)
    #expect(linked.output.contains("linked anew"), "\(linked)")
    let result = try await data("unprotect", "data", in: folder.path)
    #expect(result.output == "2 files may be changed now\n", "\(result)")
    try await Program.shell(
      "test ! -L data/one && test -w data/one && test \"$(stat -c %h data/one)\" = 1 && echo more >> data/one",
      in: folder.path)
    #expect(try await data("verify", in: folder.path).status == 0)
    #expect(try await data("unprotect", "data", in: folder.path).output == "nothing to do\n")
  }

  @Test("doctor finds what is wrong and says what to type") func doctor() async throws {
    let folder = try await repository()
    #expect(try await data("doctor", in: folder.path).status == 0)
    try await Program.shell(
      """
      git add -f model; printf '[core]\n    remote = gone\n[remote "here"]\n    url = /nowhere/at/all\n' > .dvc/config
      : > .dvc/.gitignore; cp data.dvc again.dvc; echo again.dvc >> .gitignore; rm -r .dvc/cache/files
      """, in: folder.path)
    let result = try await data("doctor", in: folder.path)
    #expect(result.status == 1, "\(result)")
    for text in [
      "git tracks `model` as well", "default remote `gone`", "`.dvc/cache` is not ignored",
      "`data` is named by", "`again.dvc` is ignored", "not in the cache", "reprise data fetch",
      "git rm -r --cached 'model'",
    ] { #expect(result.output.contains(text), "\(text): \(result.output)") }
    let json = try JSONValue(parsing: await data("doctor", "--json", in: folder.path).output)
    #expect(json.array?.contains { $0["severity"]?.string == "problem" } == true)
  }

  @Test("data of another repository is taken, remembered and brought up to date") func origins()
    async throws
  {
    let source = try await repository()
    let folder = try TemporaryFolder()
    try await Program.shell("git init -q .", in: folder.path)
    let url = source.path.string
    let imported = try await data("import", url, "data", "-o", "mine", in: folder.path)
    #expect(imported.status == 0, "\(imported)")
    #expect(try folder.read("mine/one") == "1\n")
    try await Program.shell("test -x mine/sub/run", in: folder.path)
    try await Program.shell(
      "echo 2 > data/two; '\(Program.path)' data add data; git commit -qam Second", in: source.path)
    let update = try await data("update", in: folder.path)
    #expect(update.output.hasPrefix("updated mine to "), "\(update)")
    #expect(try folder.read("mine/two") == "2\n")
    #expect(try await data("update", in: folder.path).output.contains("is up to date"))
    let back = try await data("update", "mine", "--rev", "v1", in: folder.path)
    #expect(back.status == 0 && !FileSystem.exists(folder.path.pushing("mine/two")), "\(back)")
    try folder.write("work", to: "mine/one")
    let refused = try await data("update", "mine", "--rev", "main", in: folder.path)
    #expect(refused.status == 2 && refused.error.contains("mine/one"), "\(refused)")
    #expect(try folder.read("mine/one") == "work")
    let got = try await data("get", url, "data/sub", "--rev", "v1", in: folder.path)
    #expect(got.status == 0, "\(got)")
    try await Program.shell("test -w sub/run && test ! -L sub/run", in: folder.path)
    #expect(try await data("get", url, "data/sub", in: folder.path).status == 2)
    let near = try await data("get", url, "dat", "-o", "x", in: folder.path)
    #expect(near.error.contains("did you mean `data`?"), "\(near)")
    #expect(try await data("get", "nowhere", "x", in: folder.path).status == 2)
    let left = try await Program.shell("find . -name '.reprise-*'", in: folder.path)
    #expect(left == "")
  }

  @Test("data goes to a remote without a place in the cache") func toRemote() async throws {
    let folder = try await repository()
    let outside = try TemporaryFolder()
    try outside.write("far", to: "big.bin")
    _ = try await data("remote", "add", "-d", "store", "remote", in: folder.path)
    try folder.write("near", to: "near.bin")
    let added = try await data(
      "add", "--to-remote", "near.bin", outside.path.appending("big.bin").string, in: folder.path)
    #expect(added.status == 0, "\(added)")
    let kept = try await Program.shell("find .dvc/cache/files -type f | wc -l", in: folder.path)
    #expect(kept.contains("4"), "\(kept)")
    try await Program.shell("rm near.bin", in: folder.path)
    let pulled = try await data("pull", "near.bin", "big.bin", in: folder.path)
    #expect(pulled.status == 0, "\(pulled)")
    #expect(try folder.read("near.bin") == "near")
    #expect(try folder.read("big.bin") == "far")
    // What DVC does not record of a folder goes with it.
    let list = "cd FOLDER && find . -printf '%y %m %P %l\n' | sort"
    try await Program.shell(
      "mkdir -p set/empty; echo 1 > set/run; chmod 755 set/run; ln -s run set/link", in: folder.path
    )
    let before = try await Program.shell(list.replacing("FOLDER", with: "set"), in: folder.path)
    let whole = try await data("add", "--to-remote", "set", in: folder.path)
    #expect(whole.status == 0, "\(whole)")
    try await Program.shell(
      "git add -A; git -c user.name=a -c user.email=a@b commit -qm a; git clone -q . clone; cp .dvc/config clone/.dvc/; cp -r remote clone/",
      in: folder.path)
    let clone = folder.path.appending("clone")
    let fetched = try await Program.run(["data", "pull", "set"], in: clone)
    #expect(fetched.status == 0, "\(fetched)")
    #expect(try await Program.shell(list.replacing("FOLDER", with: "set"), in: clone) == before)
  }
}
