import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise data diff`, `log`, `ls`, `cat` and `gc`: versions through git's history.
@Suite("Data through history") struct DataHistoryTests {
  /// Three versions of a folder and one of a file, tagged v1 to v3; a second branch with a version of its own.
  private func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      export GIT_AUTHOR_NAME=Ada GIT_AUTHOR_EMAIL=ada@example.com GIT_COMMITTER_NAME=Ada GIT_COMMITTER_EMAIL=ada@example.com
      git init -q -b main .; R='\(Program.path)'; mkdir -p data/raw/sub
      for i in 1 2 3 4; do echo "file $i" > data/raw/f$i.txt; done; echo s > data/raw/sub/s.txt; echo m > model.bin
      $R data add data/raw model.bin; git add -A; git commit -qm 'First data'; git tag v1
      echo changed > data/raw/f1.txt; rm data/raw/f2.txt; echo new > data/raw/n.txt; mv data/raw/f3.txt data/raw/ren.txt
      $R data add data/raw; git commit -qam 'Second data'; git tag v2
      echo 'file 1' > data/raw/f1.txt; $R data add data/raw; git commit -qam 'Third data'; git tag v3
      git checkout -q -b side v1; $R data checkout -f; echo side > data/raw/side.txt; $R data add data/raw
      git commit -qam 'Beside'; git checkout -q main; $R data checkout -f
      """, in: folder.path)
    return folder
  }

  private func data(_ words: String..., in folder: FilePath) async throws -> Program.Result {
    try await Program.run(["data"] + words, in: folder)
  }

  @Test(
    "diff names what came, went, changed and was renamed, between revisions and beside the work tree"
  )
  func diff() async throws {
    let folder = try await repository()
    let result = try await data("diff", "v1", "v2", in: folder.path)
    #expect(
      result.output == """
        modified      data/raw/
        modified      data/raw/f1.txt
        deleted       data/raw/f2.txt
        added         data/raw/n.txt
        renamed       data/raw/f3.txt -> data/raw/ren.txt
        files: 1 added, 1 deleted, 1 modified, 1 renamed

        """, "\(result)")
    #expect(try await data("diff", in: folder.path).output == "nothing differs\n")
    try await Program.shell("rm model.bin; echo w > data/raw/f4.txt", in: folder.path)
    let work = try await data("diff", in: folder.path)
    #expect(
      work.output == """
        modified      data/raw/
        modified      data/raw/f4.txt  (2 B)
        deleted       model.bin  (2 B)
        files: 1 deleted, 1 modified

        """, "\(work)")
    let part = try await data("diff", "v1", "v2", "--path", "data/raw/f1.txt", in: folder.path)
    #expect(part.output.contains("f1.txt") && !part.output.contains("n.txt"), "\(part)")
    let unknown = try await data("diff", "v9", in: folder.path)
    #expect(unknown.status == 2 && unknown.error.contains("did you mean `v"), "\(unknown)")
  }

  @Test("log tells each commit that made a version, of a folder and of one file in it") func log()
    async throws
  {
    let folder = try await repository()
    let json = try JSONValue(
      parsing: await data("log", "data/raw", "--json", in: folder.path).output)
    let versions = try #require(json.array)
    #expect(
      versions.compactMap { $0["message"]?.string } == ["Third data", "Second data", "First data"])
    #expect(versions.compactMap { $0["author"]?.string } == ["Ada", "Ada", "Ada"])
    #expect(versions[1]["change"]?["added"]?.int == 2)
    #expect(versions[1]["change"]?["deleted"]?.int == 2)
    #expect(versions[1]["change"]?["modified"]?.int == 1)
    let one = try JSONValue(
      parsing: await data("log", "data/raw/n.txt", "--json", in: folder.path).output)
    #expect(one.array?.compactMap { $0["message"]?.string } == ["Second data"])
    let side = try await data("log", "data/raw", "--rev", "side", "--limit", "0", in: folder.path)
    #expect(side.status == 2)
    let limited = try await data("log", "data/raw", "--rev", "side", "-l", "1", in: folder.path)
    #expect(limited.output.contains("Beside") && !limited.output.contains("First"), "\(limited)")
    let none = try await data("log", "data/rw", in: folder.path)
    #expect(none.status == 2 && none.error.contains("did you mean `data/raw`?"), "\(none)")
  }

  @Test("ls and cat show any revision, and fetch what is not here") func reading() async throws {
    let folder = try await repository()
    let list = try await data("ls", "--rev", "v1", "data/raw/sub", in: folder.path)
    #expect(list.output.contains("data/raw/sub/s.txt"), "\(list)")
    #expect(try await data("cat", "data/raw/f1.txt@v2", in: folder.path).output == "changed\n")
    #expect(try await data("cat", "data/raw/f1.txt", in: folder.path).output == "file 1\n")
    _ = try await data("remote", "add", "-d", "store", "remote", in: folder.path)
    for revision in ["v1", "v2", "v3"] {
      #expect(try await data("push", "--rev", revision, in: folder.path).status == 0)
    }
    try await Program.shell("rm -rf .dvc/cache", in: folder.path)
    #expect(try await data("cat", "data/raw/f1.txt@v2", in: folder.path).output == "changed\n")
    let kept = try await Program.shell(
      "find .dvc/cache/files -type f | wc -l", in: folder.path)
    #expect(kept.contains("2"), "one listing and one file are fetched: \(kept)")
    #expect(try await data("cat", "data/raw@v1", in: folder.path).status == 2)
    #expect(try await data("cat", "data/raw/none@v1", in: folder.path).status == 2)
  }

  @Test(
    "gc keeps what a branch, tag, stash, index, work tree, log, merge or detached HEAD names",
    arguments: [
      "true", "git tag keep side && git branch -D side",
      "git checkout -q side && git checkout -q --detach && git branch -D side",
      "git worktree add -q ../tree side && cd ../tree && git checkout -q --detach && git branch -D side",
      "git checkout -q side && git update-ref refs/remotes/origin/side side && git checkout -q main && git branch -D side",
      "git show side:data/raw.dvc > data/raw.dvc && git branch -D side",
      "git show side:data/raw.dvc > data/raw.dvc && git add data/raw.dvc && git checkout-index -f data/raw.dvc && git show HEAD:data/raw.dvc > data/raw.dvc && git branch -D side",
      "git show side:data/raw.dvc > data/raw.dvc && git stash -q && git branch -D side",
      "git show side:data/raw.dvc > data/raw.dvc && git stash -q && echo x > f && git add f && git stash -q && git branch -D side",
      "git branch -D side",
      "git merge -q --no-commit --no-ff side; git checkout -q --theirs . ; git branch -D side",
      "git notes add -m x && git branch -m side other/deep",
    ])
  func kept(setUp: String) async throws {
    let folder = try await repository()
    let object = try await Program.shell(
      "printf 'side\\n' | md5sum | cut -c1-32", in: folder.path)
    let digest = object.prefix { $0 != "\n" }
    let path = ".dvc/cache/files/md5/\(digest.prefix(2))/\(digest.dropFirst(2))"
    #expect(FileSystem.isFile(folder.path.pushing(FilePath(path))))
    try await Program.shell(
      "export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@b GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@b; { \(setUp); } || true",
      in: folder.path)
    let result = try await data("gc", "--grace", "0s", in: folder.path)
    #expect(result.status == 0, "\(setUp): \(result)")
    #expect(FileSystem.isFile(folder.path.pushing(FilePath(path))), "\(setUp)")
    #expect(try await data("verify", in: folder.path).status == 0)
    try await Program.shell("git worktree prune; rm -rf ../tree", in: folder.path)
  }

  @Test("gc removes what nothing names, and says first what that is; what is young stays")
  func collected() async throws {
    let folder = try await repository()
    try await Program.shell("git branch -qD side", in: folder.path)
    #expect(
      try await data("gc", "--no-logs", in: folder.path).output.hasPrefix("nothing to remove"))
    let dry = try await data("gc", "--no-logs", "--grace", "0s", "--dry-run", in: folder.path)
    #expect(dry.output.contains("would remove 2 contents"), "\(dry)")
    let done = try await data("gc", "--no-logs", "--grace", "0s", in: folder.path)
    #expect(done.output.hasPrefix("removed 2 contents"), "\(done)")
    for revision in ["v1", "v2", "v3"] {
      let result = try await data("checkout", "-f", "--rev", revision, in: folder.path)
      #expect(result.status == 0, "\(revision): \(result)")
    }
    let now = try await data("gc", "--workspace-only", "--grace", "0s", in: folder.path)
    #expect(now.output.contains("removed"), "\(now)")
    #expect(try await data("checkout", "-f", in: folder.path).status == 0)
    #expect(try await data("checkout", "-f", "--rev", "v1", in: folder.path).status == 2)
  }

  @Test("gc of a cache that others may share asks who they are, and keeps what they name")
  func shared() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      R='\(Program.path)'; for p in one two; do (mkdir $p; cd $p; git init -q .; echo $p > data; mkdir .dvc
      printf '[cache]\n    dir = ../../cache\n' > .dvc/config; $R data add data); done
      """, in: folder.path)
    let one = folder.path.appending("one")
    let refused = try await data("gc", "--grace", "0s", in: one)
    #expect(refused.status == 2 && refused.error.contains("--project"), "\(refused)")
    let together = try await data("gc", "--grace", "0s", "--project", "../two", in: one)
    #expect(together.output.hasPrefix("nothing to remove"), "\(together)")
    let alone = try await data("gc", "--grace", "0s", "--project", ".", in: one)
    #expect(alone.output.hasPrefix("removed 1 contents"), "\(alone)")
  }

  @Test("gc removes nothing when a part of the history cannot be read") func damagedHistory()
    async throws
  {
    let folder = try await repository()
    try await Program.shell(
      """
      id=$(git rev-parse v2:data/raw.dvc); rm -f .git/objects/${id:0:2}/${id:2}
      """, in: folder.path)
    let result = try await data("gc", "--grace", "0s", in: folder.path)
    #expect(result.status != 0, "\(result)")
    let left = try await Program.shell("find .dvc/cache/files -type f | wc -l", in: folder.path)
    #expect(left.contains("13"), "\(left)")
  }
}
