import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise data` as a user runs it.
@Suite("reprise data") struct DataTests {
  /// A git repository with a folder of data.
  private func repository() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      git init -q -b main .; mkdir -p data/sub data/empty
      for i in $(seq 20); do echo "row $i" > data/f$i.csv; done
      echo x > data/sub.x; echo y > data/sub/y; echo z > data/subz
      printf '#!/bin/sh\\n' > data/sub/run.sh; chmod +x data/sub/run.sh
      ln -s ../f1.csv data/sub/link; ln -s nowhere data/dangling
      """, in: folder.path)
    return folder
  }

  private func data(_ words: String..., in folder: FilePath) async throws -> Program.Result {
    try await Program.run(["data"] + words, in: folder)
  }

  private func listing(_ folder: FilePath) async throws -> String {
    try await Program.shell(
      """
      find data -printf '%M %P %l\\n' | LC_ALL=C sort
      find data -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum
      """, in: folder)
  }

  @Test("what was added comes back: bytes, links, programs, empty folders") func roundTrip()
    async throws
  {
    let folder = try await repository()
    let before = try await listing(folder.path)
    let added = try await data("add", "data", in: folder.path)
    #expect(added.status == 0, "\(added)")
    #expect(added.output.hasPrefix("added data (25 files"), "\(added)")
    #expect(try folder.read(".gitignore") == "/data\n")
    #expect(try await data("status", in: folder.path).status == 0)
    let again = try await data("add", "data.dvc", in: folder.path)
    #expect(again.output.hasPrefix("unchanged data"), "\(again)")
    try await Program.shell("rm -rf data", in: folder.path)
    #expect(try await data("status", in: folder.path).status == 1)
    let checkout = try await data("checkout", in: folder.path)
    #expect(checkout.status == 0, "\(checkout)")
    #expect(try await listing(folder.path) == before)
    #expect(try await data("status", in: folder.path).status == 0)
    let kinds = ["hardlink", "symlink", "copy"]
    for kind in kinds {
      let result = try await data("checkout", "--relink", "--link", kind, in: folder.path)
      #expect(result.status == 0, "\(kind): \(result)")
      #expect(try await data("status", in: folder.path).status == 0, "\(kind)")
    }
  }

  @Test("work that no version holds is not dropped; a part is checked out alone") func unsaved()
    async throws
  {
    let folder = try await repository()
    _ = try await data("add", "data", in: folder.path)
    try await Program.shell("echo mine > data/f1.csv; rm data/f2.csv data/f3.csv", in: folder.path)
    let refused = try await data("checkout", in: folder.path)
    #expect(refused.status == 2)
    #expect(refused.error.contains("data/f1.csv") && refused.error.contains("--force"))
    #expect(try folder.read("data/f1.csv") == "mine\n")
    #expect(!FileSystem.exists(folder.path.pushing("data/f2.csv")))
    let part = try await data("checkout", "data/f2.csv", in: folder.path)
    #expect(part.output == "data: 1 added\n", "\(part)")
    #expect(!FileSystem.exists(folder.path.pushing("data/f3.csv")))
    let forced = try await data("checkout", "--force", in: folder.path)
    #expect(forced.output == "data: 1 added, 1 changed\n", "\(forced)")
    #expect(try folder.read("data/f1.csv") == "row 1\n")
  }

  @Test("a damaged object is never delivered or pushed; verify finds it and fetches it anew")
  func damaged() async throws {
    let folder = try await repository()
    _ = try await data("add", "data", in: folder.path)
    _ = try await data("remote", "add", "-d", "store", "remote", in: folder.path)
    #expect(try folder.read(".dvc/config").contains("url = ../remote"))
    let push = try await data("push", in: folder.path)
    #expect(push.status == 0, "\(push)")
    #expect(try await data("push", in: folder.path).output == "nothing to do\n")
    let object = try await Program.shell(
      """
      m=$(md5sum data/f7.csv | cut -c1-32); o=.dvc/cache/files/md5/${m:0:2}/${m:2}
      chmod u+w $o; echo "row 8" > $o; echo -n $o; rm data/f7.csv
      """, in: folder.path)
    let checkout = try await data("checkout", in: folder.path)
    #expect(checkout.status == 2)
    #expect(checkout.error.contains("does not hold what its name says"), "\(checkout)")
    #expect(!FileSystem.exists(folder.path.pushing("data/f7.csv")))
    let check = try await data("verify", in: folder.path)
    #expect(check.status == 1)
    #expect(check.output.contains(object))
    let repair = try await data("verify", "--repair", in: folder.path)
    #expect(repair.status == 0, "\(repair)")
    #expect(try await data("checkout", in: folder.path).status == 0)
    #expect(try folder.read("data/f7.csv") == "row 7\n")
    // Nor is one taken from a remote.
    try await Program.shell(
      """
      m=$(md5sum data/f9.csv | cut -c1-32); o=remote/files/md5/${m:0:2}/${m:2}
      chmod u+w $o; echo bad > $o; rm -rf .dvc/cache data
      """, in: folder.path)
    let pull = try await data("pull", in: folder.path)
    #expect(pull.status == 2)
    #expect(pull.error.contains("was not taken"), "\(pull)")
  }

  @Test("a clone pulls what was pushed") func clone() async throws {
    let folder = try await repository()
    let before = try await listing(folder.path)
    _ = try await data("add", "data", in: folder.path)
    let store = folder.path.appending("store").string
    _ = try await data("remote", "add", "--default", "store", store, in: folder.path)
    _ = try await data("push", in: folder.path)
    try await Program.shell(
      "git add . ':!store' && git commit -qm one && git clone -q . copy", in: folder.path)
    let copy = folder.path.appending("copy")
    let missing = try await data("checkout", in: copy)
    #expect(missing.status == 2)
    #expect(missing.error.contains("data fetch") || missing.error.contains("data pull"))
    let pull = try await data("pull", in: copy)
    #expect(pull.status == 0, "\(pull)")
    #expect(try await listing(copy) == before)
  }

  @Test("data of any revision is checked out without git, and git's own files stay")
  func revisions()
    async throws
  {
    let folder = try await repository()
    let first = try await listing(folder.path)
    _ = try await data("add", "data", in: folder.path)
    try await Program.shell(
      "git add -A . && git commit -qm one && git tag v1; echo new > data/f1.csv; rm data/f2.csv",
      in: folder.path)
    _ = try await data("add", "data", in: folder.path)
    let second = try await listing(folder.path)
    try await Program.shell("git commit -qam two", in: folder.path)
    let back = try await data("checkout", "--rev", "v1", in: folder.path)
    #expect(back.output == "data: 1 added, 1 changed\n", "\(back)")
    #expect(try await listing(folder.path) == first)
    #expect(try await Program.shell("git status --porcelain", in: folder.path) == "")
    #expect(try await data("status", in: folder.path).status == 1)
    _ = try await data("checkout", in: folder.path)
    #expect(try await listing(folder.path) == second)
    let unknown = try await data("checkout", "--rev", "v11", in: folder.path)
    #expect(unknown.status == 2)
    #expect(unknown.error.contains("`v11`") && unknown.error.contains("v1"), "\(unknown.error)")
  }

  @Test(
    "what cannot be added is told, and nothing is noted",
    arguments: [
      ("mkfifo data/pipe", "data", "`", "pipe"),
      ("git add data && git commit -qm all", "data", "git tracks", "git rm -r --cached"),
      ("'$REPRISE' data add data/sub", "data", "overlaps", "data add data/sub"),
      ("'$REPRISE' data add data", "data/f1.csv", "overlaps", "data add data"),
      ("printf x > $'data/\\xff'", "data", "not UTF-8", "rename"),
      ("true", "nothing", "does not exist", ""),
      ("true", ".git", "belongs to the versions", ""),
      ("true", "/etc/hostname", "outside of the project", "copy or move"),
    ])
  func refused(setUp: String, path: String, message: String, hint: String) async throws {
    let folder = try await repository()
    try await Program.shell(
      setUp.replacing("$REPRISE", with: Program.path.string), in: folder.path)
    let result = try await data("add", path, in: folder.path)
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains(message) && result.error.contains(hint), "\(result.error)")
    #expect(!FileSystem.exists(folder.path.pushing(FilePath(path + ".dvc"))))
  }

  @Test("a full disk leaves no pointer and nothing half-written") func fullDisk() async throws {
    let folder = try await repository()
    try await Program.shell("head -c 3000000 /dev/zero > data/large", in: folder.path)
    let result = try await Program.run(
      "/bin/bash", ["-c", "ulimit -f 1000; '\(Program.path)' data add data"], in: folder.path)
    #expect(result.status == 2, "\(result)")
    #expect(result.error.contains("large"), "\(result.error)")
    #expect(!FileSystem.exists(folder.path.appending("data.dvc")))
    let left = try await Program.shell(
      "find .dvc -name 'work-*' -o -name '*-[0-9]*'", in: folder.path)
    #expect(left == "")
    #expect(try await data("add", "data", in: folder.path).status == 0)
    #expect(try await data("verify", in: folder.path).status == 0)
  }
}
