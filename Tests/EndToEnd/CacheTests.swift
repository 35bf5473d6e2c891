import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Runs whose result is known") struct CacheTests {
  @Test("nothing changed: nothing is run, and the record says so")
  func skipped() async throws {
    let project = try await CacheProject()
    try await project.run()
    let first = try await project.show()
    let before = try await project.outputs()
    let result = try await project.run()
    #expect(try project.ran == 1)
    let id = try #require(first["run_id"]?.string)
    #expect(
      result.error
        == "nothing to do: same as \(first["name"]?.string ?? "") (\(id.prefix(8))); "
        + "outputs restored: 0; `--force` runs it\n")
    let second = try await project.show()
    #expect(second["run_id"]?.string != id)
    #expect(second["status"]?.string == "FINISHED")
    #expect(second["tags"]?["reprise.cachedFrom"]?.string == id)
    #expect(second["tags"]?["reprise.key"] == nil)
    #expect(first["tags"]?["reprise.key"]?.string?.utf8.count == 64)
    for key in ["params", "metrics", "metric_steps", "inputs", "outputs", "command"] {
      #expect(second[key] == first[key], "\(key)")
    }
    // Always the run that did the work, never one that was skipped itself.
    try await project.run()
    #expect(try await project.show()["tags"]?["reprise.cachedFrom"]?.string == id)
    #expect(try project.ran == 1)
    #expect(try await project.outputs() == before)
  }

  @Test(
    "one part of the key changed: it is run",
    arguments: [
      ("data", "echo more >> data.txt", "inputs data.txt"),
      ("code", "echo '# changed' >> tool.sh", "sources tool.sh"),
      ("mode", "chmod +x tool.sh", "sources tool.sh"),
      ("new code", "echo pass > new.py", "sources new.py"),
      ("lost code", "git mv tool.sh t2; cp t2 tool.sh", "sources t2"),
      ("command", "sed -i 's/mkdir -p/mkdir  -p/' MLproject", "command command"),
      ("default", "sed -i 's/default: 0.5/default: 0.25/' MLproject", "parameters alpha"),
      ("variable", "sed -i 's/    inputs/    env: {A: b}\\n    inputs/' MLproject", "variables A"),
      ("outputs", "sed -i 's/report.txt]/report.txt, MORE]/' MLproject", "outputs MORE"),
    ])
  func changed(name: String, edit: String, change: String) async throws {
    let project = try await CacheProject()
    try await project.run()
    try await project.shell(edit)
    let explanation = try await project.explain()
    #expect(explanation.changed.contains(change), "\(explanation.changed)")
    #expect(explanation["would"]?.string == "run")
    try await project.run()
    #expect(try project.ran == 2)
    try await project.run()
    #expect(try project.ran == 2)
  }

  @Test("parameters and variables that are given count, and coming back to old ones is known")
  func given() async throws {
    let project = try await CacheProject()
    try await project.run()
    try await project.run("-P", "alpha=0.75")
    #expect(try project.ran == 2)
    try await project.run(environment: ["TZ": "Asia/Seoul"])
    #expect(try project.ran == 3)
    try await project.run(environment: ["OMP_NUM_THREADS": "3"])
    #expect(try project.ran == 4)
    try await project.run(environment: ["REPRISE_SEED": "5"])
    #expect(try project.ran == 5)
    // What has no say in results.
    try await project.run(environment: ["EDITOR": "vi", "PYTHONUNBUFFERED": "1"])
    #expect(try project.ran == 5)
    let result = try await project.run("-P", "alpha=0.75")
    #expect(try project.ran == 5)
    #expect(result.error.contains("outputs restored: 1;"))
    #expect(try project.folder.read("out/sub/alpha") == "0.75\n")
  }

  @Test(
    "what is no change of content is none",
    arguments: [
      "touch -d 2001-01-01 data.txt tool.sh MLproject", "git commit -q --allow-empty -m two",
      "cp data.txt d && mv d data.txt", "touch -d 2001-01-01 out/model.txt report.txt out",
      "mkdir __pycache__ && echo x > __pycache__/tool.pyc",
      "echo '*.log' > .git/info/exclude; echo x > a.log",
    ])
  func unchanged(edit: String) async throws {
    let project = try await CacheProject()
    try await project.run()
    try await project.shell(edit)
    #expect(try await project.explain().changed == [])
    try await project.run()
    #expect(try project.ran == 1)
  }

  @Test("what is committed is the same code as before")
  func committed() async throws {
    let project = try await CacheProject()
    try await project.shell("echo '# not committed' >> tool.sh; echo x > new.py")
    try await project.run()
    try await project.shell("git add -A && git commit -qm two")
    try await project.run()
    #expect(try project.ran == 1)
  }

  @Test(
    "outputs that are not right are brought back",
    arguments: [
      ("rm -rf out", 1), ("rm -rf out report.txt", 2), ("echo x >> out/model.txt", 1),
      ("rm out/sub/alpha; chmod -x out/tool", 1), ("chmod 755 report.txt", 1),
      ("rm -rf out; echo file > report.txt", 2), ("rm report.txt; mkdir report.txt", 1),
      ("cp data.txt out/copy; cp report.txt out/sub/r; rm out/copy", 1),
    ])
  func restored(edit: String, count: Int) async throws {
    let project = try await CacheProject()
    try await project.run()
    let before = try await project.outputs()
    try await project.shell(edit)
    let explanation = try await project.explain()
    #expect(explanation["would"]?.string == "skip")
    #expect(explanation["restore"]?.array?.count == count)
    let result = try await project.run()
    #expect(try project.ran == 1)
    #expect(result.error.contains("outputs restored: \(count);"), "\(result.error)")
    #expect(try await project.outputs() == before)
  }

  @Test("what could not be brought back is not taken away: it is run")
  func stray() async throws {
    let project = try await CacheProject()
    try await project.run()
    try await project.shell("echo mine > out/mine.txt; rm out/model.txt")
    let reasons = try await project.explain()["reasons"]?.array?.compactMap(\.string) ?? []
    #expect(reasons.contains { $0.contains("`out/` holds `mine.txt`") }, "\(reasons)")
    try await project.run()
    #expect(try project.ran == 2)
  }

  @Test(
    "a damaged or lost object is found, and the work is done again", arguments: ["damage", "lose"])
  func damage(how: String) async throws {
    let project = try await CacheProject()
    try await project.run()
    let before = try await project.outputs()
    let change =
      how == "lose"
      ? "rm -f \"$f\"" : "chmod +w \"$f\"; printf X | dd of=\"$f\" conv=notrunc status=none"
    try await project.shell(
      """
      h=$(sha256sum < report.txt | cut -c1-64); f=.reprise/cache/objects/${h:0:2}/${h:2}
      test -f "$f"; \(change); rm report.txt
      """)
    try await project.run()
    #expect(try project.ran == 2)
    #expect(try await project.outputs() == before)
    try await project.shell("rm report.txt")
    try await project.run()
    #expect(try project.ran == 2)
    #expect(try await project.outputs() == before)
  }

  @Test("`--force`, `cache: false` and standard input are heeded")
  func asked() async throws {
    let project = try await CacheProject()
    try await project.run()
    try await project.run("--force")
    #expect(try project.ran == 2)
    // The newest of those who did the work.
    let newest = try await project.show()["run_id"]?.string
    try await project.run()
    #expect(try await project.show()["tags"]?["reprise.cachedFrom"]?.string == newest)
    try await project.shell("echo content | '\(Program.path)' run 2>/dev/null")
    #expect(try project.ran == 3)
    try await project.shell("'\(Program.path)' run < data.txt 2>/dev/null")
    #expect(try project.ran == 4)
    try await project.shell("true | (sleep 0.3; '\(Program.path)' run 2>/dev/null)")
    #expect(try project.ran == 4)
    try await project.shell("sed -i 's/    inputs/    cache: false\\n    inputs/' MLproject")
    try await project.run()
    try await project.run()
    #expect(try project.ran == 6)
  }

  @Test("without git nothing is skipped, unless `sources` says which code counts")
  func withoutGit() async throws {
    let bare = try await CacheProject(git: false)
    try await bare.run()
    try await bare.run()
    #expect(try bare.ran == 2)
    let reasons = try await bare.explain()["reasons"]?.array?.compactMap(\.string) ?? []
    #expect(reasons.contains { $0.contains("in no git repository") }, "\(reasons)")
    let text = CacheProject.manifest.replacing(
      "    inputs:", with: "    sources: [\"*.sh\", lib/]\n    inputs:")
    let project = try await CacheProject(text, git: false)
    try project.folder.write("x", to: "lib/deep/a.py")
    try await project.run()
    try await project.run()
    #expect(try project.ran == 1)
    // Not among the sources.
    try await project.shell(
      "echo x > other.py; mkdir -p lib/__pycache__; echo y > lib/__pycache__/a.pyc")
    try await project.run()
    #expect(try project.ran == 1)
    try await project.shell("echo y > lib/deep/a.py")
    #expect(try await project.explain().changed == ["sources lib/deep/a.py"])
    try await project.run()
    #expect(try project.ran == 2)
    try await project.shell("echo y > b.sh")
    try await project.run()
    #expect(try project.ran == 3)
  }

  @Test("a source that is not there is told")
  func missingSource() async throws {
    let project = try await CacheProject(
      "entry_points: {main: {command: x, outputs: [o], sources: [nothing.py]}}", git: false)
    let result = try await Program.run(["run"], in: project.folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("the source `nothing.py` of `main` does not exist"))
    #expect(!FileSystem.exists(project.folder.path.appending(".reprise/records.db")))
  }

  @Test("a run that failed, or whose input changed meanwhile, is not taken for the result")
  func unsure() async throws {
    let text = CacheProject.manifest.replacing(
      "      rm -rf out report.txt;",
      with: "      if [ -e .reprise/fail ]; then exit 3; fi\n      rm -rf out report.txt;")
    let project = try await CacheProject(text)
    try await project.shell("mkdir -p .reprise; touch .reprise/fail")
    #expect(try await Program.run(["run"], in: project.folder.path).status == 3)
    try await project.shell("rm .reprise/fail")
    try await project.run()
    #expect(try project.ran == 2)
    let changing = CacheProject.manifest.replacing(
      "      rm -rf out report.txt;",
      with: "      echo late >> data.txt\n      rm -rf out report.txt;")
    let other = try await CacheProject(changing)
    try await other.run()
    #expect(
      try await other.show()["tags"]?["reprise.key.problem"]?.string
        == "changed while it ran: data.txt")
    try await other.shell("git checkout -q data.txt")
    try await other.run()
    #expect(try other.ran == 2)
  }

  @Test("runs inside of a run are skipped too, whatever seeds the outer one has drawn")
  func nested() async throws {
    let text =
      CacheProject.manifest + "\n  all: {command: \"'\(Program.path)' run -e main\"}\n"
    let project = try await CacheProject(text)
    try await project.run("-e", "all")
    try await project.run("-e", "all")
    #expect(try project.ran == 1)
    let run = try await project.show("latest")
    #expect(run["tags"]?["mlflow.parentRunId"] != nil)
    #expect(run["tags"]?["reprise.cachedFrom"] != nil)
  }

  @Test("a dry run and `explain` say what would be done, and write nothing")
  func words() async throws {
    let project = try await CacheProject()
    let none = try await Program.run(["explain"], in: project.folder.path)
    #expect(none.output.contains("no run of this entry point is recorded"))
    #expect(!FileSystem.exists(project.folder.path.appending(".reprise")))
    try await project.run()
    try await project.shell("rm -rf out")
    let dry = try await Program.run(["run", "--dry-run"], in: project.folder.path)
    #expect(dry.output.contains("would be skipped: same as "))
    #expect(dry.output.contains("outputs to restore: 1"))
    #expect(!FileSystem.exists(project.folder.path.appending("out")))
    try await project.shell("echo more >> data.txt; echo '#' >> tool.sh")
    let text = try await Program.run(["explain", "-P", "alpha=0.75"], in: project.folder.path)
      .output
    for line in [
      "parameters", "alpha: 0.5 → 0.75", "data.txt changed (", "tool.sh changed (",
      "would run", "no finished run has this key", "environment, variables, outputs",
    ] {
      #expect(text.contains(line), "\(line) in\n\(text)")
    }
    let wrong = try await Program.run(["explain", "--run", "nobody"], in: project.folder.path)
    #expect(wrong.status == 2)
  }

  @Test("`runs gc` keeps what a run names, and takes the rest")
  func collection() async throws {
    let project = try await CacheProject()
    try await project.run()
    try await project.shell("echo more >> data.txt")
    try await project.run()
    let before = try await project.outputs()
    #expect(try await Program.run(["runs", "gc"], in: project.folder.path).status == 0)
    try await project.shell("rm -rf out report.txt")
    try await project.run()
    #expect(try project.ran == 2)
    #expect(try await project.outputs() == before)
    let all = try await Program.run(["runs", "--json"], in: project.folder.path)
    let ids = try JSONValue(parsing: all.output).array?.compactMap { $0["run_id"]?.string } ?? []
    _ = try await Program.run(["runs", "delete"] + ids, in: project.folder.path)
    let swept = try await Program.run(["runs", "gc"], in: project.folder.path)
    #expect(swept.error.contains("kept contents"), "\(swept)")
    let left = try await Program.shell(
      "find .reprise/cache/objects -type f | wc -l", in: project.folder.path)
    #expect(left == "0\n")
  }
}
