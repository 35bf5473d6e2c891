import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Migrating as copier does") struct UpdateMigrationInterop {
  /// Before an update copier's commands are given no answers; ours are. So none asks for them then.
  ///
  /// Makes templates with migrations, has copier update a project of each, and leaves a copy for us.
  private static let script = #"""
    import json, os, random, shutil, subprocess, warnings
    from pathlib import Path
    import copier, yaml
    warnings.simplefilter("ignore")
    rng = random.Random(f"migrations{SEED}")
    os.environ.update(HOME=folder, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a",
                      GIT_COMMITTER_EMAIL="a@b", GIT_CONFIG_NOSYSTEM="1")
    def git(where, *args):
        return subprocess.run(["git", "-c", "init.defaultBranch=main", *args], cwd=where, check=True,
                              capture_output=True).stdout.decode()
    log = "env | grep -E '^(STAGE|VERSION_[A-Z0-9_]*|COPIER_OPERATION)=' | LC_ALL=C sort >> log.txt; echo %s >> log.txt"
    versions = ["1.0.0", "v1.1.0", "2.0.0rc1", "v2.0.0", "2.1", "v3.0.0"]
    def command(i):
        return rng.choice([log % i, log % i, ["sh", "-c", log % ("list %d {{ name if _stage == 'after' }}" % i)],
                           log % ("%d {{ _stage }} {{ _version_from }} {{ _version_to }} {{ _copier_phase }}" % i)])
    def migration(i):
        kind = rng.randrange(6)
        version = rng.choice(versions + ["1.5", "2.0.0b1"])
        if kind == 0: return command(i)
        if kind == 1: return {"version": version, "before": [command(i)], "after": [command(i)]}
        one = {"command": command(i)}
        if kind != 2: one["version"] = version
        if rng.random() < .4: one["when"] = rng.choice(
            ["{{ _stage == 'before' }}", "{{ _stage == 'after' and name == 'Case' }}", True, "false",
             "{{ _version_pep440_to != _version_pep440_from }}"])
        if rng.random() < .2: one["working_directory"] = rng.choice([".", "sub", "{{ 'sub' }}"])
        return one
    count = COUNT
    for number in range(count):
        base = Path(folder, str(number)); t = base / "template"; t.mkdir(parents=True)
        git(t, "init", "-q")
        (t / "{{ _copier_conf.answers_file }}.jinja").write_text("{{ _copier_answers|to_nice_yaml }}")
        (t / "sub").mkdir(); (t / "sub" / "keep").write_text("")
        names = sorted(rng.sample(range(len(versions)), 2))
        for place, v in enumerate(versions):
            conf = {"name": "Case", "_migrations": [migration(i) for i in range(rng.randrange(1, 6))]}
            if place > 2: conf["fresh"] = "{{ name }}!"
            (t / "copier.yml").write_text(yaml.safe_dump(conf, sort_keys=False))
            (t / "a.txt").write_text(f"{v}\n")
            git(t, "add", "-A"); git(t, "commit", "-qm", v); git(t, "tag", v)
        if rng.random() < .3:
            (t / "a.txt").write_text("later\n"); git(t, "commit", "-qam", "later")
            names[1] = None
        project = base / "theirs"
        copier.run_copy(str(t), str(project), defaults=True, quiet=True, vcs_ref=versions[names[0]])
        git(project, "init", "-q"); git(project, "add", "-A"); git(project, "commit", "-qm", "made")
        shutil.copytree(project, base / "ours", symlinks=True)
        ref = "HEAD" if names[1] is None else versions[names[1]]
        (base / "to").write_text(ref if ref != "HEAD" else git(t, "rev-parse", "HEAD").strip())
        copier.run_update(str(project), defaults=True, overwrite=True, quiet=True, unsafe=True, vcs_ref=ref)
    Path(folder, "result.json").write_text("[]")
    """#

  @Test("the same commands run with the same variables", arguments: 0..<2)
  func logs(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let count = 10
    _ = try Peer.run(
      Self.script.replacing("SEED", with: "\(seed)").replacing("COUNT", with: "\(count)"),
      in: folder)
    var logged = 0
    for number in 0..<count {
      let place = folder.path.appending("\(number)")
      let to = try FileSystem.readText(place.appending("to"))
      let ours = place.appending("ours")
      let environment = ["HOME": folder.path.string]
      let update = try await Program.run(
        ["update", "--to", to, "--trust"], in: ours, environment: environment)
      #expect(update.status == 0, "\(seed)/\(number): \(update.error)")
      func log(_ name: String) throws -> String? {
        let file = place.appending(name).appending("log.txt")
        return FileSystem.exists(file) ? try FileSystem.readText(file) : nil
      }
      #expect(try log("ours") == log("theirs"), "\(seed)/\(number)")
      logged += try log("theirs") == nil ? 0 : 1
      let sub = ["ours", "theirs"].map { place.appending($0).pushing("sub/log.txt") }
      #expect(
        try sub.map { FileSystem.exists($0) ? try FileSystem.readText($0) : "" }.reduce(
          into: Set<String>()
        ) { $0.insert($1) }.count == 1, "\(seed)/\(number)")
    }
    #expect(logged * 2 >= count)
  }

  @Test("without --trust nothing runs")
  func refused() async throws {
    let folder = try TemporaryFolder()
    _ = try Peer.run(
      Self.script.replacing("SEED", with: "7").replacing("COUNT", with: "6"), in: folder)
    var refused = 0
    for number in 0..<6 {
      let place = folder.path.appending("\(number)")
      let to = try FileSystem.readText(place.appending("to"))
      let update = try await Program.run(
        ["update", "--to", to], in: place.appending("ours"),
        environment: ["HOME": folder.path.string])
      #expect(!FileSystem.exists(place.appending("ours/log.txt")))
      if update.status == 0 { continue }
      refused += 1
      #expect(update.status == 2)
      #expect(update.error.contains("`_migrations`"), "\(update.error)")
      let status = try await Program.shell("git status --porcelain", in: place.appending("ours"))
      #expect(status == "")
    }
    #expect(refused > 0)
  }
}
