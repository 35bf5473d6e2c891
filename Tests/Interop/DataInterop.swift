import Formats
import Platform
import Support
import SystemPackage
import Testing

/// The same trees added by the real DVC and by us; then each checks out what the other wrote.
@Suite("Versioned data beside DVC") struct DataInterop {
  /// Makes random trees with awkward names and contents, and has DVC add a copy of each.
  private static let adding = #"""
    import json, os, random, shutil, subprocess
    from pathlib import Path
    os.environ.update(DVC_NO_ANALYTICS="1", HOME=folder, GIT_CONFIG_NOSYSTEM="1",
                      DVC_SITE_CACHE_DIR=folder + "/site")
    from dvc.repo import Repo
    rng = random.Random(SEED)
    NAMES = ["a", "b.txt", "sub", "sub.x", "데이터", "é", "e\u0301", "a b", "x#y", "it's", 'q"uote', "[w]", "-d", "~", "#h",
             "123", "1e5", "null", "yes", "%41", "{x}", "a:b", "a: b", "back\\slash", "tab\tx", "nl\nx", "\U0001F600",
             "z" * 60, "*", "!n", "x?y", "2024-01-01", "0x1f", ".hidden", "UPPER", "upper", "&a", "@x", "`x", "a,b", "|x",
             ">x", "=x", "a ", " a", "\u200b", "\x7f", "word " * 20 + "end", "it's " * 18 + "end", "- x " * 24 + "end"]
    def tree(base, depth=0):
        base.mkdir(parents=True, exist_ok=True)
        for _ in range(rng.randrange(0 if depth else 1, 6)):
            p = base / rng.choice(NAMES)
            if p.exists(): continue
            if rng.random() < .25 and depth < 3: tree(p, depth + 1)
            else:
                p.write_bytes(rng.choice([b"", b"x\r\ny\n", rng.randbytes(rng.randrange(200)),
                                          b"z" * rng.choice([55, 56, 63, 64, 65, 1000, 300000])]))
                if rng.random() < .2: p.chmod(0o755)
    cases = []
    for number in range(COUNT):
        base = Path(folder, str(number)); src = base / "src"; src.mkdir(parents=True)
        targets = rng.sample(NAMES, 3)
        for n in targets:
            if rng.random() < .6: tree(src / n)
            else:
                (src / n).write_bytes(rng.choice([b"", b"hello\n", b"y" * 300001]))
                if rng.random() < .4: (src / n).chmod(0o755)
        theirs = base / "theirs"; shutil.copytree(src, theirs)
        subprocess.run(["git", "init", "-q", "."], cwd=theirs, check=True)
        os.chdir(theirs)
        repo = Repo.init()
        done = []
        for n in targets:
            try: repo.add([n]); done.append(True)
            except Exception: done.append(False)
        repo.close()
        os.chdir(folder)
        cases.append({"targets": targets, "done": done})
    Path(folder, "result.json").write_text(json.dumps(cases))
    """#

  /// Has DVC look at what we added, then check it out where it is missing.
  private static let checking = #"""
    import json, os, shutil
    from pathlib import Path
    os.environ.update(DVC_NO_ANALYTICS="1", HOME=folder, GIT_CONFIG_NOSYSTEM="1",
                      DVC_SITE_CACHE_DIR=folder + "/site2")
    from dvc.repo import Repo
    problems = []
    def files(base, names):
        found = {}
        for n in names:
            for p in [base / n, *(base / n).rglob("*")]:
                if p.is_file(): found[str(p.relative_to(base))] = p.read_bytes()
        return found
    for number, names in enumerate(json.loads(Path(folder, "names.json").read_text())):
        base = Path(folder, str(number)); ours = base / "ours"
        os.chdir(ours)
        repo = Repo(".")
        status = repo.status()
        if status: problems.append(f"{number}: status {status}")
        for n in names:
            p = ours / n
            shutil.rmtree(p) if p.is_dir() else p.unlink()
        try: repo.checkout()
        except Exception as error: problems.append(f"{number}: {error!r}")
        repo.close()
        if files(ours, names) != files(base / "src", names): problems.append(f"{number}: other files")
        os.chdir(folder)
    Path(folder, "result.json").write_text(json.dumps(problems))
    """#

  @Test(
    "pointers, listings, cache and ignore files are the same bytes, both ways", arguments: 0..<4)
  func both(seed: Int) async throws {
    let folder = try TemporaryFolder()
    let script = Self.adding.replacing("SEED", with: "\(seed)").replacing("COUNT", with: "15")
    let answer = try Peer.run(script, in: folder)
    let cases = try #require(answer.array)
    var all: [JSONValue] = []
    for (number, item) in cases.enumerated() {
      let base = folder.path.appending("\(number)")
      try await Program.shell("cp -a src ours && cd ours && git init -q .", in: base)
      let ours = base.appending("ours")
      let targets = (item["targets"]?.array ?? []).compactMap(\.string)
      var added: [JSONValue] = []
      for (target, done) in zip(targets, item["done"]?.array ?? []) {
        let result = try await Program.run(["data", "add", "--", target], in: ours)
        #expect((result.status == 0) == done.bool, "\(seed)/\(number) \(target): \(result)")
        if result.status == 0 { added.append(.string(target)) }
      }
      all.append(.array(added))
      // What we keep beyond DVC stands at the end of a pointer, and apart in the cache.
      let difference = try await Program.shell(
        """
        for i in ours theirs; do (cd $i; mkdir ../$i.cmp; cp -a .dvc/cache/files ../$i.cmp/ 2>/dev/null || true
        cp .gitignore ../$i.cmp/; for p in *.dvc .[!.]*.dvc; do [ -f "$p" ] || continue
        sed '/^  meta:$/,$d' -- "./$p" > "../$i.cmp/$p"; done); done
        diff -r ours.cmp theirs.cmp || true
        diff <(cd ours.cmp; find files -printf '%m %p\n' | sort) <(cd theirs.cmp; find files -printf '%m %p\n' | sort) || true
        """, in: base)
      #expect(difference == "", "\(seed)/\(number)")
      // Theirs, with our status and checkout.
      let theirs = base.appending("theirs")
      let status = try await Program.run(["data", "status"], in: theirs)
      #expect(status.status == 0, "\(seed)/\(number): \(status)")
      try await Program.shell(
        "find . -mindepth 1 -maxdepth 1 ! -name '.git*' ! -name '.dvc*' ! -name '*.dvc' -exec rm -rf {} +",
        in: theirs)
      let checkout = try await Program.run(["data", "checkout"], in: theirs)
      #expect(checkout.status == 0, "\(seed)/\(number): \(checkout)")
      let left = try await Program.shell(
        "diff -r -x .git -x '.dvc*' -x '*.dvc' -x .gitignore src theirs | grep -v '^Only in src' || true",
        in: base)
      #expect(left == "", "\(seed)/\(number)")
    }
    try folder.write(JSONValue.array(all).text(), to: "names.json")
    let problems = try Peer.run(Self.checking, in: folder)
    #expect(problems.array?.compactMap(\.string) == [])
  }
}
