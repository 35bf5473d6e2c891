import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Linking projects that other programs made") struct UpdateLinkInterop {
  /// A template with twelve commits, and projects that cookiecutter and cruft made from one of them, changed since.
  private static let script = #"""
    import json, os, random, subprocess
    from pathlib import Path
    # cookiecutter looks for its folder of clones in HOME while it is imported: two seeds in one folder would race.
    os.environ.update(HOME=folder, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a",
                      GIT_COMMITTER_EMAIL="a@b", GIT_CONFIG_NOSYSTEM="1")
    from cookiecutter.main import cookiecutter
    import cruft
    rng = random.Random(f"link{SEED}")
    def git(where, *args):
        return subprocess.run(["git", "-c", "init.defaultBranch=main", *args], cwd=where, check=True,
                              capture_output=True).stdout.decode().strip()
    t = Path(folder, "template"); d = t / "{{cookiecutter.slug}}"; d.mkdir(parents=True)
    git(t, "init", "-q")
    conf = {"name": "Wine", "slug": "{{ cookiecutter.name|lower }}", "license": ["MIT", "BSD"]}
    files = {f"f{i}.py": [f"{i} {j} {rng.randrange(10**6)}" for j in range(25)] for i in range(5)}
    files["README.md"] = ["# {{ cookiecutter.name }}", "{{ cookiecutter.license }}", "words", "more words"]
    commits = []
    for k in range(12):
        if k:
            r = rng.random()
            if r < .2: (t / "docs.md").write_text(str(k))
            elif r < .4: files[f"n{k}.py"] = [f"new {k} {j} {rng.randrange(10**6)}" for j in range(15)]
            elif r < .5: conf[f"q{k}"] = "{{ cookiecutter.slug }} " + str(k); files["README.md"].append("{{ cookiecutter.q%d }}" % k)
            else:
                name = rng.choice(sorted(n for n in files if n not in ("f0.py", "README.md"))); files[name][rng.randrange(2)] = f"changed {k} {rng.randrange(10**6)}"
        (t / "cookiecutter.json").write_text(json.dumps(conf, indent=1))
        for n, ls in files.items(): (d / n).write_text("\n".join(ls) + "\n")
        git(t, "add", "-A"); git(t, "commit", "-qm", f"commit {k}"); commits.append(git(t, "rev-parse", "HEAD"))
    wanted = rng.randrange(12)
    answers = {"name": "Beer", "license": "BSD"}
    cookiecutter(f"git+file://{t}", checkout=commits[wanted], no_input=True, extra_context=answers, output_dir=folder + "/cookie")
    cruft.create(f"file://{t}", Path(folder, "cruft"), checkout=commits[wanted], no_input=True, extra_context=answers)
    for tool in "cookie", "cruft":
        p = Path(folder, tool, "beer")
        (p / "f0.py").unlink()
        (p / "f1.py").write_text((p / "f1.py").read_text() + "mine\nand mine\n")
        (p / "own").mkdir(); (p / "own" / "x.py").write_text("x = 1\n" * 100)
    made = {c: git(t, "ls-tree", "-r", c, "--", "cookiecutter.json", "{{cookiecutter.slug}}") for c in commits}
    Path(folder, "result.json").write_text(json.dumps([c for c in commits if made[c] == made[commits[wanted]]]))
    """#

  @Test("the commit is found", arguments: 0..<4)
  func found(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let result = try Peer.run(Self.script.replacing("SEED", with: "\(seed)"), in: folder)
    // Commits that make the same are as good.
    let wanted = try #require(result.array).compactMap(\.string)
    let environment = ["HOME": folder.path.string]
    for (tool, answers) in [("cookie", ["name=Beer", "license=BSD"]), ("cruft", [])] {
      let project = folder.path.appending(tool).appending("beer")
      let link = try await Program.run(
        ["template", "link", "../../template"] + answers, in: project, environment: environment)
      #expect(link.status == 0, "\(tool): \(link.error)")
      let state = try JSONValue(
        parsing: FileSystem.read(project.pushing(".reprise/scaffold.json")))
      #expect(wanted.contains(state["commit"]?.string ?? ""), "\(tool) \(seed): \(link.output)")
      let update = try await Program.run(["update"], in: project, environment: environment)
      #expect(update.status == 0, "\(tool) \(seed): \(update.output)\(update.error)")
      #expect(!FileSystem.exists(project.appending("f0.py")))
      #expect(try FileSystem.readText(project.appending("f1.py")).hasSuffix("mine\nand mine\n"))
      #expect(try FileSystem.readText(project.appending("README.md")).hasPrefix("# Beer\n"))
    }
  }
}
