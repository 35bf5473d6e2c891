import Platform
import Support
import SystemPackage
import Testing

/// `core.autostage = true`: what was DVC's `git add`.
@Suite("Pointers that are staged") struct DataStagingTests {
  private func project() async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      git init -q -b main .; mkdir -p .dvc data; printf '[core]\\n    autostage = true\\n' > .dvc/config
      printf '/config.local\\n/tmp\\n/cache\\n' > .dvc/.gitignore; git add -A; git commit -qm 0
      echo 1 > data/one; echo m > 'my model'
      """, in: folder.path)
    return folder
  }

  private func data(_ words: String..., in folder: FilePath) async throws -> Program.Result {
    try await Program.run(["data"] + words, in: folder)
  }

  private func status(_ folder: TemporaryFolder) async throws -> String {
    try await Program.shell("git -c core.quotePath=false status --short", in: folder.path)
  }

  @Test("add, move and remove stage what they write, and no more") func all() async throws {
    let folder = try await project()
    try folder.write("mine", to: "other.txt")
    let added = try await data("add", "data", "my model", in: folder.path)
    #expect(added.status == 0 && !added.error.contains("next:"), "\(added)")
    #expect(
      try await status(folder) == "A  .gitignore\nA  data.dvc\nA  \"my model.dvc\"\n?? other.txt\n")
    try await Program.shell("git commit -qm 1; echo 2 > data/two", in: folder.path)
    _ = try await data("add", "data", in: folder.path)
    #expect(try await status(folder) == "M  data.dvc\n?? other.txt\n")
    try await Program.shell("git reset -q", in: folder.path)
    // Nothing new, but not in the index yet.
    _ = try await data("add", "data", in: folder.path)
    #expect(try await status(folder) == "M  data.dvc\n?? other.txt\n")
    try await Program.shell("git commit -qm 2", in: folder.path)
    let moved = try await data("move", "data", "sub/raw", in: folder.path)
    #expect(moved.status == 0 && !moved.error.contains("next:"), "\(moved)")
    #expect(try await status(folder).hasPrefix("M  .gitignore\nA  sub/.gitignore\n"))
    #expect(try await status(folder).contains("sub/raw.dvc"))
    try await Program.shell("git commit -qm 3", in: folder.path)
    let removed = try await data("remove", "sub/raw", "--outs", in: folder.path)
    #expect(removed.status == 0, "\(removed)")
    #expect(try await status(folder) == "D  sub/.gitignore\nD  sub/raw.dvc\n?? other.txt\n")
    // What git reads is what git wrote itself.
    #expect(
      try await Program.shell("git fsck --strict 2>&1 | grep -v dangling || true", in: folder.path)
        == "")
    try await Program.shell("git commit -qm 4; git diff --exit-code", in: folder.path)
  }

  @Test("an import is staged, in a project below the top of git's, too") func importing()
    async throws
  {
    let folder = try await project()
    _ = try await data("add", "data", in: folder.path)
    try await Program.shell(
      """
      git commit -qm 1; mkdir -p in/ner/.dvc; cp .dvc/config .dvc/.gitignore in/ner/.dvc/
      git add -A; git commit -qm 2; cd in/ner; '\(Program.path)' data import ../.. data -o copy
      """, in: folder.path)
    #expect(try await status(folder) == "A  in/ner/.gitignore\nA  in/ner/copy.dvc\n")
  }

  @Test("an index that another program writes is left as it is; what to type is said")
  func refused() async throws {
    let folder = try await project()
    try await Program.shell("touch .git/index.lock", in: folder.path)
    let result = try await data("add", "data", in: folder.path)
    #expect(result.status == 0, "\(result)")
    #expect(result.error.contains("not staged: "), "\(result)")
    #expect(result.error.contains("next: git add .gitignore data.dvc"), "\(result)")
    try await Program.shell("rm -f .git/index.lock; git add .gitignore data.dvc", in: folder.path)
    #expect(try await status(folder).hasPrefix("A  .gitignore\nA  data.dvc\n"))
  }

  @Test("a split index is written, too") func split() async throws {
    let folder = try await project()
    try await Program.shell("git update-index --split-index", in: folder.path)
    let result = try await data("add", "data", in: folder.path)
    #expect(result.status == 0 && !result.error.contains("not staged"), "\(result)")
    #expect(try await status(folder).hasPrefix("A  .gitignore\nA  data.dvc\n"))
  }

  @Test("a pointer that git ignores is not forced into the index") func ignored() async throws {
    let folder = try await project()
    try await Program.shell(
      "echo '*.dvc' > .gitignore; git add .gitignore; git commit -qm 1", in: folder.path)
    let result = try await data("add", "my model", in: folder.path)
    #expect(
      result.status == 0 && result.error.contains("next: git add 'my model.dvc'"), "\(result)")
    #expect(try await status(folder) == "M  .gitignore\n?? data/\n")
  }
}
