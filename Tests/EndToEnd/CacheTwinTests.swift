import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Random edits of a project, with a twin that always runs: after every run both have the same outputs.
@Suite("A project that skips, and its twin that never does") struct CacheTwinTests {
  private static let edits = [
    "echo one > data.txt", "echo two > data.txt", "echo one > data.txt", "touch data.txt tool.sh",
    "echo 'tr a-z A-Z' > tool.sh", "echo 'rev' > tool.sh", "chmod +x tool.sh", "chmod -x tool.sh",
    "git add -A; git commit -q --allow-empty -m more", "git stash -q || true",
    "rm -rf out", "rm -f report.txt", "echo x >> out/model.txt", "rm -f out/sub/alpha",
    "chmod a+x report.txt", "mkdir -p out; echo stray > out/stray", "rm -rf out; echo x > out",
    "rm -f report.txt; mkdir report.txt", "mkdir -p src; echo a > src/a.py",
    "mkdir -p src; echo b > src/a.py", "rm -rf src", "sed -i 's/mkdir -p/mkdir  -p/' MLproject",
    "sed -i 's/mkdir  -p/mkdir -p/' MLproject", "echo out/ >> .gitignore", "rm -f .gitignore",
    "git checkout -q .", "true", "true",
  ]

  /// Of the one that skips alone: what is kept is lost or damaged.
  private static let damages = [
    "find .reprise/cache/objects -type f | sort | awk 'NR%3==0' | xargs -r rm -f",
    "for f in $(find .reprise/cache/objects -type f -size -2k | sort | awk 'NR%2==0'); do chmod +w $f; printf X | dd of=$f conv=notrunc status=none; done",
    "rm -rf .reprise/cache", "'\(Program.path)' runs gc > /dev/null 2>&1",
  ]

  @Test("have the same outputs after every run", arguments: 1...8)
  func twins(seed: UInt64) async throws {
    var random = SeededRandom(seed: seed)
    let (skipping, running) = (try await CacheProject(), try await CacheProject())
    var log: [String] = []
    for _ in 0..<14 {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let edit = random.pick(Self.edits)
        log.append(edit)
        for project in [skipping, running] { try await project.shell("(\(edit)) || true") }
      }
      if random.chance(1, of: 6) {
        let damage = random.pick(Self.damages)
        log.append(damage)
        try await skipping.shell("mkdir -p .reprise/cache/objects; (\(damage)) || true")
      }
      let alpha = "alpha=" + random.pick(["0.5", "0.25"])
      log.append(alpha)
      // The project may hold what no run can get by, such as a folder where a file is written.
      let first = try await Program.run(["run", "-P", alpha], in: skipping.folder.path)
      let second = try await Program.run(["run", "--force", "-P", alpha], in: running.folder.path)
      #expect(first.status == second.status, "\(log)\n\(first.error)\(second.error)")
      let (ours, theirs) = (try await skipping.outputs(), try await running.outputs())
      #expect(ours == theirs, "\(log)\n\(first.error)")
      if ours != theirs { return }
    }
    // Something was skipped, something was run.
    #expect(try skipping.ran < running.ran)
    #expect(try skipping.ran > 1)
  }
}
