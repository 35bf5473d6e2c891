import Glibc
import Platform
import Support
import SystemPackage
import Testing

@Suite("An update that is killed", .serialized) struct UpdateCrashTests {
  /// A cookiecutter template with two versions of many files, and a project of the first that has changes of its own.
  private func project(_ folder: TemporaryFolder) async throws -> FilePath {
    try await Program.shell(
      #"""
      export HOME="$PWD"
      mkdir template && cd template && git init -q -b main
      d='{{cookiecutter.slug}}'; mkdir -p "$d/src"
      echo '{"slug": "project", "name": "Wine"}' > cookiecutter.json
      for i in $(seq 60); do seq -f "line %g of $i" 30 > "$d/src/f$i.txt"; done
      printf '\0\1' > "$d/data.bin"
      git add -A && git commit -qm one && cd ..
      """#, in: folder.path)
    let made = try await Program.run(
      ["new", "./template", "--no-input"], in: folder.path,
      environment: ["HOME": folder.path.string])
    try #require(made.status == 0, "\(made.error)")
    try await Program.shell(
      #"""
      cd template; d='{{cookiecutter.slug}}'
      for i in $(seq 1 40); do sed -i "3s/.*/changed $i/" "$d/src/f$i.txt"; done
      for i in $(seq 41 45); do git rm -q "$d/src/f$i.txt"; done
      for i in $(seq 46 50); do git mv "$d/src/f$i.txt" "$d/src/moved$i.txt"; done
      for i in $(seq 5); do seq 50 > "$d/new$i.txt"; done
      printf '\0\2' > "$d/data.bin"
      git add -A && git commit -qm two
      cd ../project && git init -q -b main
      for i in $(seq 1 2 39); do sed -i "20s/.*/mine $i/" "src/f$i.txt"; done
      sed -i '3s/.*/mine too/' src/f2.txt; rm src/f4.txt; chmod +x src/f6.txt; printf '\0\3' > data.bin
      git add -A && git commit -qm mine
      """#, in: folder.path)
    return folder.path.appending("project")
  }

  private func listing(_ project: FilePath) async throws -> String {
    try await Program.shell(
      #"""
      find . -path ./.git -prune -o \( -type f -o -type l \) -print0 | LC_ALL=C sort -z |
      xargs -0 stat -c '%a %n'; find . -path ./.git -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
      git status --porcelain; git ls-files -s
      """#, in: project)
  }

  @Test("leaves nothing that --abort does not restore, whenever it is killed")
  func killed() async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder)
    let before = try await listing(project)
    // One that is left alone says how long it takes here.
    let environment = ["HOME": folder.path.string]
    let start = ContinuousClock.now
    _ = try await Program.run(["update"], in: project, environment: environment)
    let whole = (ContinuousClock.now - start) / .seconds(1)
    let undone = try await Program.run(
      ["update", "--abort"], in: project, environment: environment)
    try #require(undone.status == 0, "\(undone.error)")
    try #require(try await listing(project) == before)
    var unfinished = 0
    for round in 0..<24 {
      // The second half of it, where files are written, and a little beyond.
      let delay = whole * (0.4 + Double(round) / 34)
      let result = try await Program.run(
        "/bin/bash",
        [
          "-c",
          "'\(Program.path)' update >/dev/null 2>&1 & p=$!; sleep \(delay); kill -9 $p 2>/dev/null; wait $p; exit 0",
        ], in: project, environment: environment)
      #expect(result.status == 0)
      let isUnfinished = FileSystem.exists(project.appending(".reprise/update"))
      unfinished += isUnfinished ? 1 : 0
      let untracked = try await Program.shell(
        "git status --porcelain .reprise | grep -v ^.M || true", in: project)
      #expect(untracked == "", "round \(round)")
      // It takes away what was only prepared, too.
      let abort = try await Program.run(
        ["update", "--abort"], in: project, environment: environment)
      #expect(abort.status == (isUnfinished ? 0 : 2), "round \(round): \(abort.error)")
      let after = try await listing(project)
      let lost = Set(before.split(separator: "\n")).symmetricDifference(
        after.split(separator: "\n"))
      #expect(lost.isEmpty, "round \(round): \(lost.sorted().joined(separator: "\n"))")
    }
    // The last rounds let it come to its conflicts.
    #expect(unfinished > 0)
  }

  @Test("conflicts are shown by git, solved and finished")
  func finish() async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder)
    let environment = ["HOME": folder.path.string]
    let update = try await Program.run(["update"], in: project, environment: environment)
    #expect(update.status == 1)
    #expect(update.output.contains("src/f2.txt"))
    let unmerged = try await Program.shell("git ls-files -u | cut -f2 | sort -u", in: project)
    #expect(unmerged == "data.bin\nsrc/f2.txt\n")
    let early = try await Program.run(
      ["update", "--continue"], in: project, environment: environment)
    #expect(early.status == 1)
    #expect(early.error.contains("src/f2.txt:"))
    let again = try await Program.run(["update"], in: project, environment: environment)
    #expect(again.status == 2)
    try await Program.shell(
      #"""
      git config mergetool.take.cmd 'cat "$REMOTE" > "$MERGED"'
      git config mergetool.take.trustExitCode true
      git config mergetool.keepBackup false
      git mergetool --no-prompt --tool=take src/f2.txt < /dev/null
      git add data.bin
      """#, in: project)
    let done = try await Program.run(
      ["update", "--continue"], in: project, environment: environment)
    #expect(done.status == 0, "\(done.error)")
    let check = try await Program.run(["template", "check"], in: project, environment: environment)
    #expect(check.status == 0)
    let diff = try await Program.run(["template", "diff"], in: project, environment: environment)
    #expect(diff.status == 1)
  }

  @Test("it works without git, and in a folder of a repository")
  func places() async throws {
    let folder = try TemporaryFolder()
    let project = try await project(folder)
    let environment = ["HOME": folder.path.string]
    try await Program.shell(
      """
      rm -rf project/.git; mkdir repo; cp -r project repo/sub; cd repo
      git init -q -b main; git add -A; git commit -qm all
      """, in: folder.path)
    let plain = try await Program.run(["update"], in: project, environment: environment)
    #expect(plain.status == 1)
    let sub = folder.path.appending("repo/sub")
    let inside = try await Program.run(["update"], in: sub, environment: environment)
    #expect(inside.status == 1)
    let unmerged = try await Program.shell("git ls-files -u | cut -f2 | sort -u", in: sub)
    #expect(unmerged == "data.bin\nsrc/f2.txt\n")
    for place in [project, sub] {
      let abort = try await Program.run(["update", "--abort"], in: place, environment: environment)
      #expect(abort.status == 0)
    }
    #expect(try await Program.shell("git status --porcelain", in: sub) == "")
  }
}
