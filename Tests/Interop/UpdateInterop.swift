import Formats
import Git
import Platform
import Support
import SystemPackage
import Testing

@testable import Templates

@Suite("Updating as cruft and copier do") struct UpdateInterop {
  /// Makes small template histories and projects with changes of their own, has the real program update a copy, and says how
  /// that went.
  private static let script = #"""
    import json, os, random, shutil, stat, subprocess, sys
    from pathlib import Path
    seed, count, tool = SEED, COUNT, "TOOL"
    rng = random.Random(f"{tool}{seed}")
    os.environ.update(HOME=folder, GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a",
                      GIT_COMMITTER_EMAIL="a@b", GIT_CONFIG_NOSYSTEM="1")
    def git(where, *args):
        return subprocess.run(["git", "-c", "init.defaultBranch=main", *args], cwd=where, check=True,
                              capture_output=True).stdout.decode()
    cookie = tool == "cruft"
    root_name = "{{ cookiecutter.slug }}" if cookie else "."
    var = "cookiecutter.name" if cookie else "name"
    suffix = "" if cookie else ".jinja"
    def line(tag):
        r = rng.random()
        if r < .15: return "{{ %s }} %s" % (var, tag)
        if r < .25: return ""
        return f"line {tag} {rng.randrange(10**6)}"
    def write(base, name, lines, x):
        p = Path(base, root_name, name + suffix); p.parent.mkdir(parents=True, exist_ok=True)
        p.write_text("\n".join(lines) + "\n"); os.chmod(p, 0o755 if x else 0o644)
    def edit(lines, low, high, tag):
        lines = list(lines)
        for _ in range(rng.randrange(1, 4)):
            i = rng.randrange(low, max(low + 1, high))
            i = min(i, len(lines) - 1)
            k = rng.random()
            if k < .4: lines[i] = f"{tag} {rng.randrange(10**6)}"
            elif k < .7: lines.insert(i, f"{tag} new {rng.randrange(10**6)}")
            elif len(lines) > 3: del lines[i]
        return lines
    if cookie:
        import cruft
    else:
        import copier
    cases = []
    for number in range(count):
        base = Path(folder, str(number)); t = base / "template"; t.mkdir(parents=True)
        git(t, "init", "-q")
        if cookie:
            (t / "cookiecutter.json").write_text(json.dumps({"name": "Case", "slug": "project", "_x": "1"}))
        else:
            (t / "copier.yml").write_text("name: Case\n")
            (t / "{{ _copier_conf.answers_file }}.jinja").write_text("{{ _copier_answers|to_nice_yaml }}")
        names = ["a.txt", "src/b.py", "src/deep/c.md", "run.sh", "d.cfg", "e.txt"]
        files = {n: ([line(i) for i in range(rng.randrange(12, 30))], rng.random() < .2)
                 for n in names[:rng.randrange(3, 7)]}
        for n, (ls, x) in files.items(): write(t, n, ls, x)
        git(t, "add", "-A"); git(t, "commit", "-qm", "one"); git(t, "tag", "1.0.0")
        if cookie:
            cruft.create(str(t), base, no_input=True)
            project = base / "project"
        else:
            project = base / "project"
            copier.run_copy(str(t), str(project), defaults=True, quiet=True)
        git(project, "init", "-q"); git(project, "add", "-A"); git(project, "commit", "-qm", "made")
        new = dict(files)
        for n, (ls, x) in files.items():
            k = rng.random()
            if k < .5: new[n] = (edit(ls, 0, len(ls) // 2, "template"), x)
            elif k < .58: del new[n]
            elif k < .66: new[n] = (ls, not x)
        # With nothing new, cruft keeps the old commit in its record; we note the new one.
        if rng.random() < .5 or new == files: new["added.txt"] = ([line("added") for _ in range(5)], False)
        if rng.random() < .3: new["src/added.py"] = ([line("added") for _ in range(5)], True)
        for n in list(files): (t / root_name / (n + suffix)).unlink()
        for n, (ls, x) in new.items(): write(t, n, ls, x)
        git(t, "add", "-A"); git(t, "commit", "-qm", "two", "--allow-empty"); git(t, "tag", "2.0.0")
        for n in files:
            p = project / n
            ls = p.read_text().split("\n")[:-1]
            k = rng.random()
            if k < .45: p.write_text("\n".join(edit(ls, len(ls) // 2 + 2, len(ls), "project")) + "\n")
            elif k < .52: p.write_text("\n".join(edit(ls, 0, len(ls), "project")) + "\n")
            elif k < .58: p.unlink()
        if rng.random() < .3: (project / "mine.txt").write_text("mine\n")
        git(project, "add", "-A"); git(project, "commit", "-qm", "mine", "--allow-empty")
        shutil.copytree(project, base / "ours", symlinks=True)
        before = len(os.listdir(project))
        ok = True
        try:
            if cookie: ok = cruft.update(project, skip_apply_ask=True)
            else: copier.run_update(str(project), defaults=True, overwrite=True, quiet=True, unsafe=True)
        except Exception as error:
            ok = False
        status = git(project, "status", "--porcelain", "--ignored")
        clean = ok and not any(l[:2] in ("UU", "AA", "DU", "UD", "AU", "UA", "DD") or l.endswith(".rej")
                               for l in status.splitlines())
        marks = subprocess.run(["grep", "-rlE", "^(<<<<<<<|>>>>>>>) ", "--exclude-dir=.git", "."], cwd=project,
                               capture_output=True).stdout
        cases.append({"clean": clean and not marks})
    Path(folder, "result.json").write_text(json.dumps(cases))
    """#

  /// The files of a project without what programs keep for themselves.
  private func tree(_ folder: FilePath) throws -> RenderedTree {
    try RenderedTree(reading: folder).filter { !Updater.isOwn($0) }
  }

  private func compare(_ tool: String, seed: Int, count: Int) async throws {
    let folder = try TemporaryFolder()
    let script = Self.script
      .replacing("SEED", with: "\(seed)").replacing("COUNT", with: "\(count)")
      .replacing("TOOL", with: tool)
    let answers = try #require(try Peer.run(script, in: folder).array)
    var clean = 0
    for (number, answer) in answers.enumerated() {
      let place = folder.path.appending("\(number)")
      let ours = place.appending("ours")
      let updater = try Updater(
        project: ours, cache: RepositoryCache(folder.path.appending("cache"))
      ) {
        TemplateRenderers.renderer(
          for: $0, variables: ["HOME": folder.path.string, "PATH": "/usr/bin:/bin"])
      }
      let prepared = try await updater.prepare()
      let before = try tree(ours)
      let open = try updater.apply(prepared)
      let result = try tree(ours)
      let record = try? FileSystem.readText(ours.appending(".cruft.json"))
      if !open.isEmpty {
        try UpdateJournal.abort(in: ours)
        #expect(try tree(ours) == before, "\(tool) \(seed)/\(number)")
      }
      guard answer["clean"]?.bool == true else { continue }
      clean += 1
      // A file that the project changed and the template no longer has: cruft keeps it and copier removes it, both without
      // a word. We ask.
      let asked = Set(open.filter { $0.action == .deletedByTemplate }.map(\.path))
      let untold = open.filter { !asked.contains($0.path) }
      #expect(untold.isEmpty, "\(tool) \(seed)/\(number): \(untold.map(\.path.description))")
      let theirs = try tree(place.appending("project"))
      for path in Set(theirs.paths).union(result.paths).sorted() where theirs[path] != result[path]
      {
        if tool == "copier", asked.contains(path), theirs[path] == nil { continue }
        Issue.record("\(tool) \(seed)/\(number): \(path) is not the same")
      }
      if tool == "cruft" {
        #expect(try record == FileSystem.readText(place.appending("project/.cruft.json")))
      }
    }
    // Most of the histories are made so that both sides can be kept.
    #expect(clean * 3 >= count, "\(clean) of \(count)")
  }

  @Test("cruft's result, where it has no conflict", arguments: 0..<4)
  func cruft(seed: Int) async throws { try await compare("cruft", seed: seed, count: 40) }

  @Test("copier's result, where it has no conflict", arguments: 0..<3)
  func copier(seed: Int) async throws { try await compare("copier", seed: seed, count: 30) }
}
