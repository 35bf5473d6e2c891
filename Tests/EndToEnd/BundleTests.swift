import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise export` and `reprise replay run.zip`: a run is played where nothing of it is but its archive.
@Suite("Archives of runs") struct BundleTests {
  /// Runs an entry point of a project, archives the run, and removes the project.
  private func archive(
    _ folder: TemporaryFolder, run words: [String] = ["run"], before: String = "true",
    export more: [String] = []
  ) async throws -> JSONValue {
    let project = folder.path.appending("project")
    try await Program.shell(before, in: project)
    let run = try await Program.run(words, in: project)
    try #require(run.status == 0, "\(run)")
    let made = try await Program.run(
      ["export", "latest", "-o", "../run.zip", "--json"] + more, in: project)
    try #require(made.status == 0, "\(made)")
    let again = try await Program.run(
      ["export", "latest", "-o", "../again.zip", "-q"] + more, in: project)
    try #require(again.status == 0, "\(again)")
    try await Program.shell("cmp run.zip again.zip; rm -rf project again.zip", in: folder.path)
    return try JSONValue(parsing: made.output)
  }

  /// Plays an archive in an empty folder of another person's.
  private func replay(
    _ folder: TemporaryFolder, _ more: [String] = [], status: Int32 = 0,
    _ variables: [String: String] = [:]
  ) async throws -> JSONValue {
    let other = folder.path.appending("other")
    try FileSystem.createDirectory(other)
    let home = ["HOME": folder.path.appending("home").string].merging(variables) { $1 }
    let result = try await Program.run(
      ["replay", "../run.zip", "--json"] + more, in: other, environment: home)
    try #require(result.status == status, "\(result)")
    return try JSONValue(parsing: status == 2 && more.isEmpty ? result.error : result.output)
  }

  private func project(_ manifest: String, _ files: [String: String]) async throws
    -> TemporaryFolder
  {
    let folder = try TemporaryFolder()
    try folder.write(manifest, to: "project/MLproject")
    for (name, text) in files { try folder.write(text, to: "project/" + name) }
    try await Program.shell(
      "git init -q -b main . && git add -A && git commit -qm one",
      in: folder.path.appending("project"))
    return folder
  }

  private func copying(_ input: String = "data.txt") async throws -> TemporaryFolder {
    try await project(
      """
      name: small
      entry_points:
        main:
          command: "mkdir -p out && sort \(input) > out/sorted.txt && wc -l < \(input)"
          inputs: [\(input)]
          outputs: [out/sorted.txt]

      """, ["data.txt": "b\na\n", ".gitignore": "out/\n"])
  }

  @Test("every entry point of the penguins is identical", arguments: ["summary", "nearest", "fit"])
  func penguins(entry: String) async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      cp -r '\(Program.repository)/project-examples/penguins' project
      cd project && git init -q -b main . && git add -A && git commit -qm one
      """, in: folder.path)
    let made = try await archive(folder, run: ["run", "-e", entry])
    #expect(made["missing"]?.array == [])
    let verdict = try await replay(folder)
    #expect(verdict["verdict"]?.string == "identical", "\(verdict.text(.indented))")
    #expect(verdict["causes"]?.array == [])
    let other = folder.path.appending("other")
    #expect(try FileSystem.names(in: other) == [".reprise"])
    // The archive of the run that was taken over is the same, and so is what its replay comes to.
    let home = ["HOME": folder.path.appending("home").string]
    let same = try await Program.run(
      ["export", "latest~1", "-o", "../same.zip"], in: other, environment: home)
    #expect(same.status == 0, "\(same)")
    #expect(
      try FileSystem.read(folder.path.appending("same.zip"))
        == FileSystem.read(folder.path.appending("run.zip")))
    let second = try await Program.run(
      ["export", "latest", "-o", "../run.zip"], in: other, environment: home)
    #expect(second.status == 0, "\(second)")
    try FileSystem.removeTree(other)
    #expect(try await replay(folder)["verdict"]?.string == "identical")
  }

  @Test("a trainer without a project")
  func trainer() async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      cp -r '\(Program.repository)/project-examples/penguins' project
      cd project && rm MLproject && git init -q -b main . && git add -A && git commit -qm one
      """, in: folder.path)
    let words = ["train", "xgboost", "--data", "data/penguins.csv", "--target", "species"]
    _ = try await archive(folder, run: words)
    #expect(try await replay(folder)["verdict"]?.string == "identical")
  }

  @Test("what was changed and not committed, new files too")
  func uncommitted() async throws {
    let folder = try await copying()
    _ = try await archive(
      folder,
      before: "echo c >> data.txt; sed -i 's/sort/sort -r/' MLproject; echo n > 'a new file'")
    #expect(try await replay(folder)["verdict"]?.string == "identical")
  }

  @Test("data that nobody keeps, a folder of it, is in the archive by content")
  func data() async throws {
    let folder = try await project(
      """
      name: small
      entry_points:
        main:
          command: "cat raw/*/* > all.txt"
          inputs: [raw]
          outputs: [all.txt]

      """, [".gitignore": "raw/\nall.txt\n"])
    let made = try await archive(
      folder,
      before: "mkdir -p raw/a raw/b; echo 1 > raw/a/x; echo 2 > 'raw/b/y z'; cp raw/a/x raw/b/same")
    let held = made["contents"]?.array?.compactMap { $0["held_by"]?.string }
    #expect(held == ["objects", "objects"])
    #expect(try await replay(folder)["verdict"]?.string == "identical")
  }

  @Test("versioned data: in the archive, or left out and brought from the remote that it names")
  func versioned() async throws {
    let before = """
      R='\(Program.path)'; git rm -q --cached data.txt; git commit -qm two
      $R data remote add --default store ../store; $R data add data.txt
      git add -A; git commit -qm three; $R data push
      """
    let whole = try await copying()
    let made = try await archive(whole, before: before)
    #expect(made["remote"]?["url"]?.string == whole.path.appending("store").string)
    try FileSystem.removeTree(whole.path.appending("store"))
    #expect(try await replay(whole)["verdict"]?.string == "identical")

    let thin = try await copying()
    let left = try await archive(thin, before: before, export: ["--without-data"])
    #expect(left["contents"]?.array?.first?["held_by"]?.string == "left_out")
    #expect(try await replay(thin)["verdict"]?.string == "identical")
    try await Program.shell("rm -rf store other", in: thin.path)
    let failure = try await replay(thin, status: 2)["error"]
    #expect(failure?["message"]?.string?.contains("`data.txt`") == true, "\(failure as Any)")
    #expect(
      failure?["message"]?.string?.contains("the remote `store`") == true, "\(failure as Any)")
  }

  @Test("a submodule in a submodule, with and without the history", arguments: [false, true])
  func submodules(isThin: Bool) async throws {
    let folder = try TemporaryFolder()
    try await Program.shell(
      """
      export GIT_ALLOW_PROTOCOL=file
      make() { mkdir $1; cd $1; git init -q -b main .; echo $1 > $1.txt; git add -A; git commit -qm one; }
      (make inner); (make outer; git submodule --quiet add ../inner deep/inner; git commit -qm two)
      mkdir project; cd project; git init -q -b main .
      git submodule --quiet add ../outer lib; git submodule --quiet update --init --recursive
      cat > MLproject <<'END'
      name: small
      entry_points:
        main:
          command: "cat lib/outer.txt lib/deep/inner/inner.txt > all.txt"
          outputs: [all.txt]
      END
      echo all.txt > .gitignore; git add -A; git commit -qm one; git commit -q --allow-empty -m two
      """, in: folder.path)
    let made = try await archive(folder, export: isThin ? ["--without-history"] : [])
    #expect(made["missing"]?.array == [])
    try await Program.shell("rm -rf inner outer", in: folder.path)
    #expect(try await replay(folder)["verdict"]?.string == "identical")
  }

  @Test("what is missing is told, and with --strict nothing is written")
  func missing() async throws {
    let folder = try await copying("../elsewhere.txt")
    let project = folder.path.appending("project")
    try folder.write("x\n", to: "elsewhere.txt")
    #expect(try await Program.run(["run"], in: project).status == 0)
    try await Program.shell("rm -r out; rm -rf .reprise/cache/objects", in: project)
    let strict = try await Program.run(["export", "-o", "../run.zip", "--strict"], in: project)
    #expect(strict.status == 2, "\(strict)")
    #expect(strict.error.contains("`../elsewhere.txt`"), "\(strict)")
    #expect(!FileSystem.exists(folder.path.appending("run.zip")))
    let made = try await Program.run(["export", "-o", "../run.zip"], in: project)
    #expect(made.status == 0, "\(made)")
    #expect(made.error.contains("warning: missing in the archive: the input"), "\(made)")
    #expect(made.output.contains("run.zip: "), "\(made)")
  }

  @Test(
    "--dry-run leaves the records alone; a run that is there is used, and another of its id is not touched"
  )
  func meeting() async throws {
    let folder = try await copying()
    _ = try await archive(folder)
    let report = try await replay(folder, ["--dry-run"])
    #expect(report["possible"]?.bool == true)
    let other = folder.path.appending("other")
    #expect(try FileSystem.names(in: other) == [])
    _ = try await replay(folder)
    _ = try await replay(folder)
    let runs = try await Program.run(["runs", "--json"], in: other)
    #expect(try JSONValue(parsing: runs.output).array?.count == 3)
    // The same id with another end.
    try await Program.shell(
      """
      python3 -c "import sqlite3; c = sqlite3.connect('.reprise/records.db'); c.execute('UPDATE runs SET ended = ended + 1'); c.commit()"
      """,
      in: other)
    let refused = try await replay(folder, status: 2)["error"]
    #expect(refused?["code"]?.string == "conflict")
    #expect(
      refused?["message"]?.string?.contains("`end_time` differs") == true, "\(refused as Any)")
  }

  @Test("runs gc removes the code of archives when no run needs it")
  func collection() async throws {
    let folder = try await copying()
    _ = try await archive(folder)
    _ = try await replay(folder)
    let other = folder.path.appending("other")
    let code = other.appending(".reprise/cache/code")
    #expect(try FileSystem.names(in: code).count == 1)
    try await Program.shell("'\(Program.path)' runs gc", in: other)
    #expect(try FileSystem.names(in: code).count == 1)
    try await Program.shell(
      "'\(Program.path)' runs delete latest latest~1; '\(Program.path)' runs gc", in: other)
    #expect(try FileSystem.names(in: code) == [])
  }

  @Test("kill -9 at any moment: the next call works, and nothing is half taken")
  func killed() async throws {
    let folder = try await copying()
    _ = try await archive(folder)
    let other = folder.path.appending("other")
    for delay in ["0.005", "0.015", "0.03", "0.045", "0.06", "0.08", "0.1", "0.13", "0.17"] {
      try await Program.shell(
        """
        rm -rf other; mkdir other; cd other
        '\(Program.path)' replay ../run.zip > /dev/null 2>&1 & sleep \(delay); kill -9 $! 2> /dev/null || true; wait || true
        """, in: folder.path)
      #expect(try await replay(folder)["verdict"]?.string == "identical", "after \(delay) s")
      let left = try FileSystem.names(in: other.appending(".reprise/cache/tmp"))
      #expect(left == [], "after \(delay) s")
    }
  }
}
