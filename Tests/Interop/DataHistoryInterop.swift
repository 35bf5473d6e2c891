import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Histories that the real DVC wrote: what differs between any two revisions, what another project imports.
@Suite("Histories beside DVC") struct DataHistoryInterop {
  /// Makes a project with random edits over revisions r0, r1, …, and asks DVC for every difference; then imports from it.
  private static let writing = #"""
    import json, os, random, shutil, subprocess
    from pathlib import Path
    os.environ.update(DVC_NO_ANALYTICS="1", HOME=folder, GIT_CONFIG_NOSYSTEM="1", DVC_SITE_CACHE_DIR=folder + "/site",
                      GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b", GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@b")
    from dvc.repo import Repo
    rng = random.Random(SEED)
    def git(*words, cwd): subprocess.run(["git", *words], cwd=cwd, check=True, capture_output=True)
    base = Path(folder, "source"); base.mkdir(); git("init", "-q", "-b", "main", ".", cwd=base)
    os.chdir(base); Repo.init().close()
    NAMES = ["a", "b.csv", "데이터", "c d", "e", "f.bin", "g", "h", "sub/a", "sub/z", "sub.x", "deep/er/x", "é"]
    counter = [0]
    def content():
        counter[0] += 1
        return f"content {counter[0]}\n" * rng.randrange(1, 4)
    def edit(data):
        files = [p for p in data.rglob("*") if p.is_file()]
        for _ in range(rng.randrange(0, 5)):
            kind = rng.random()
            target = data / rng.choice(NAMES)
            if kind < .35 or not files:
                if target.is_dir() or any(q.is_file() for q in target.parents if q != data and data in q.parents): continue
                target.parent.mkdir(parents=True, exist_ok=True); target.write_text(content())
            elif kind < .55: rng.choice(files).unlink(missing_ok=True)
            elif kind < .8:
                p = rng.choice(files)
                if p.is_file(): p.write_text(content())
            else:
                p = rng.choice(files)
                if p.is_file() and not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True); p.rename(target)
    for number in range(REVISIONS):
        # A new object each time: it remembers what it saw.
        repo = Repo(".")
        present = []
        for name in ["set", "data/raw", "model.bin"]:
            p = Path(name)
            if name == "model.bin":
                if rng.random() < .5 or number == 0: p.write_text(content())
            elif number == 0 or rng.random() < .8:
                p.mkdir(parents=True, exist_ok=True); edit(p)
            if p.exists(): present.append(name)
        repo.add(present)
        if number and rng.random() < .25 and Path("model.bin.dvc").exists():
            repo.remove("model.bin.dvc"); Path("model.bin").unlink()
        repo.close()
        git("add", "-A", cwd=base); git("commit", "-q", "--allow-empty", "-m", f"r{number}", cwd=base)
        git("tag", f"r{number}", cwd=base)
    # DVC imports what is in a work tree, committed or not: it is clean still.
    imports = []
    for who in ["theirs", "ours"]:
        p = Path(folder, who); p.mkdir(); git("init", "-q", "-b", "main", ".", cwd=p)
        os.chdir(p); Repo.init().close(); git("commit", "-q", "-m", "init", cwd=p)
    os.chdir(Path(folder, "theirs"))
    for number, (path, rev) in enumerate([("set", None), ("data/raw", "r0"), ("set", "r1"), (".dvcignore", None),
                                          ("model.bin", "r0")]):
        repo = Repo(".")
        out = f"out {number}"
        try: repo.imp("../source", path, out=out, rev=rev); done = True
        except Exception as error: done = False
        repo.close()
        imports.append({"path": path, "rev": rev, "out": out, "done": done})
    os.chdir(base)
    edit(Path("set"))
    repo = Repo(".")
    answers = []
    revisions = [f"r{n}" for n in range(REVISIONS)]
    for i, a in enumerate(revisions):
        for b in revisions[i + 1:] + [None]:
            answers.append({"from": a, "to": b, "diff": repo.diff(a, b) or {}})
    repo.close()
    os.chdir(folder)
    Path(folder, "result.json").write_text(json.dumps({"diffs": answers, "imports": imports}))
    """#

  @Test("every difference of two revisions and of the work tree is DVC's", arguments: 0..<6)
  func differences(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let script = Self.writing.replacing("SEED", with: "\(seed)").replacing("REVISIONS", with: "5")
    let answer = try Peer.run(script, in: folder)
    let source = folder.path.appending("source")
    let cases = try #require(answer["diffs"]?.array)
    #expect(cases.count == 15)
    for item in cases {
      let words = [item["from"]?.string, item["to"]?.string].compactMap { $0 }
      let result = try await Program.run(["data", "diff", "--json"] + words, in: source)
      let ours = Self.normal(try JSONValue(parsing: result.output))
      let theirs = Self.normal(item["diff"] ?? .null)
      #expect(ours == theirs, "\(seed) \(words)")
    }
    for item in answer["imports"]?.array ?? [] {
      var words = ["data", "import", "../source", item["path"]?.string ?? ""]
      words += ["-o", item["out"]?.string ?? ""]
      if let revision = item["rev"]?.string { words += ["--rev", revision] }
      let result = try await Program.run(words, in: folder.path.appending("ours"))
      #expect((result.status == 0) == item["done"]?.bool, "\(seed) \(words): \(result)")
    }
    let difference = try await Program.shell(
      "find theirs ours -type d -empty -delete; diff -r -x .git -x .dvc theirs ours || true",
      in: folder.path)
    #expect(difference == "", "\(seed)")
  }

  /// The groups as sets of words. Which of several files with the same content a renamed one was is anybody's guess, so
  /// that a rename counts as one that went and one that came.
  private static func normal(_ value: JSONValue) -> [String: Set<String>] {
    var groups: [String: Set<String>] = [:]
    for change in ["added", "deleted", "modified", "renamed"] {
      for item in value[change]?.array ?? [] {
        if let old = item["path"]?["old"]?.string, let new = item["path"]?["new"]?.string {
          groups["added", default: []].insert(new)
          groups["deleted", default: []].insert(old)
        } else if let path = item["path"]?.string {
          groups[change, default: []].insert(path)
        }
      }
    }
    return groups
  }
}
