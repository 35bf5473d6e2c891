import Formats
import Platform
import Support
import SystemPackage
import Testing

/// Versions that DVC before 3 wrote, beside the real DVC 3, which still reads them.
@Suite("Versions of DVC before 3") struct DataLegacyInterop {
  /// A project as DVC 2 left it: names by dvc-data's own digest of a text, objects at the top of the cache.
  private static let writing = #"""
    import hashlib, json, os, random, subprocess
    from pathlib import Path
    os.environ.update(DVC_NO_ANALYTICS="1", HOME=folder, GIT_CONFIG_NOSYSTEM="1", DVC_SITE_CACHE_DIR=folder + "/site")
    from dvc.repo import Repo
    from dvc_data.hashfile.hash import file_md5
    from dvc.fs import localfs
    rng = random.Random(SEED)
    base = Path(folder, "p"); base.mkdir(); os.chdir(base)
    subprocess.run(["git", "init", "-q", "-b", "main", "."], check=True); Repo.init().close()
    def put(name, data):
        p = base / ".dvc/cache" / name[:2] / name[2:]; p.parent.mkdir(parents=True, exist_ok=True)
        if not p.exists(): p.write_bytes(data); p.chmod(0o444)
    def content():
        text = b"".join(rng.choice([b"x", b"line", b"\r\n", b"\n", b"\r"]) for _ in range(rng.randrange(40)))
        return rng.choice([text, text + b"\0", b"\0" + text, bytes(rng.randrange(256) for _ in range(50)), b"",
                           b"y\r\n" * 400000])
    def add(name, files):
        entries = []
        for relative, data in files.items():
            p = base / name / relative if relative else base / name
            p.parent.mkdir(parents=True, exist_ok=True); p.write_bytes(data)
            digest = file_md5(str(p), localfs, name="md5-dos2unix"); put(digest, data)
            entries.append({"md5": digest, "relpath": relative})
        if list(files) == [""]: digest = entries[0]["md5"]
        else:
            body = json.dumps(sorted(entries, key=lambda e: e["relpath"]), sort_keys=True).encode()
            digest = hashlib.md5(body).hexdigest() + ".dir"; put(digest, body)
        size = sum(map(len, files.values()))
        (base / (name + ".dvc")).write_text(f"outs:\n- md5: {digest}\n  size: {size}\n  path: {name}\n")
    add("f", {"": content()}); add("g", {"": b"a\r\nb\r\n"})
    add("d", {f"{s}{n}": content() for s in ["", "sub/"] for n in range(rng.randrange(1, 6))})
    (base / ".gitignore").write_text("/f\n/g\n/d\n")
    Path(folder, "result.json").write_text("true")
    """#

  @Test("status tells the same, and what is missing comes back as it was", arguments: 0..<3)
  func both(seed: Int) async throws {
    let folder = try TemporaryFolder()
    _ = try Peer.run(Self.writing.replacing("SEED", with: "\(seed)"), in: folder)
    let dvc = try Peer.python.removingLastComponent().appending("dvc")
    let answer = try await Program.shell(
      """
      export DVC_NO_ANALYTICS=1 HOME="$PWD" DVC_SITE_CACHE_DIR="$PWD/site"
      reprise() { '\(Program.path)' "$@" > /dev/null 2>&1; }; dvc() { '\(dvc)' "$@" > /dev/null 2>&1; }
      both() { a=0; b=0; dvc status -q || a=1; reprise data status || b=1; echo "$1 $a $b"; }
      cp -a p saved; cd p; same() { for n in f g d; do diff -r $n ../saved/$n; done && echo same; }
      git add -A; git -c user.name=a -c user.email=a@b commit -qm one; ours() { '\(Program.path)' data diff | tr '\\n' ' '; echo; }
      both clean; ours
      rm -rf f g d; both missing; reprise data checkout; both back; same
      rm -rf f g d; reprise data checkout --link symlink; both links; same
      reprise data unprotect; same
      printf 'a\\nb\\n' > g; both ends
      printf 'a\\nb\\nc\\n' > g; both changed; ours
      reprise data checkout && echo dropped; reprise data checkout --force; both forced
      cp .dvc/cache/$(sed -n 's/- md5: \\(..\\)/\\1\\//p' g.dvc) object; rm -f g
      o=.dvc/cache/$(sed -n 's/- md5: \\(..\\)/\\1\\//p' g.dvc); chmod u+w $o; echo damage > $o
      reprise data checkout || echo refused; [ -e g ] || echo none; reprise data verify || echo found
      cp -f object $o; chmod 444 $o; reprise data checkout; both repaired; same; reprise data verify && echo whole
      reprise data add d g; both again; same
      """, in: folder.path)
    #expect(
      answer.split(separator: "\n").map(String.init) == [
        "clean 0 0", "nothing differs ", "missing 1 1", "back 0 0", "same", "links 0 0", "same",
        "same", "ends 0 0",
        "changed 1 1", "modified      g  (6 B) files: 1 modified ", "forced 0 0", "refused", "none",
        "found", "repaired 0 0", "same", "whole", "again 0 0", "same",
      ], "\(answer)")
  }
}
