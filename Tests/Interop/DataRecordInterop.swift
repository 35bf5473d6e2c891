import Formats
import Platform
import Support
import SystemPackage
import Testing

/// What a run says of data that the real DVC versioned.
@Suite("Versions on record beside DVC") struct DataRecordInterop {
  /// Adds a folder and a file, runs a stage, and notes what DVC calls their contents, twice with another content.
  private static let script = #"""
    import json, os, subprocess
    from pathlib import Path
    import yaml
    os.environ.update(DVC_NO_ANALYTICS="1", HOME=folder, GIT_CONFIG_NOSYSTEM="1",
                      DVC_SITE_CACHE_DIR=folder + "/site", GIT_AUTHOR_NAME="a", GIT_AUTHOR_EMAIL="a@b",
                      GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@b")
    from dvc.repo import Repo
    base = Path(folder, "work"); base.mkdir(); os.chdir(base)
    def git(*words): return subprocess.run(["git", *words], check=True, capture_output=True, text=True).stdout.strip()
    git("init", "-q", "-b", "main", ".")
    repo = Repo.init()
    Path("MLproject").write_text("""
    entry_points:
      main: {command: "true", inputs: [raw, one.csv, made.csv, 데이터/x.csv]}
    """)
    Path(".gitignore").write_text(".reprise\n")
    Path("dvc.yaml").write_text("stages: {make: {cmd: 'cp one.csv made.csv', deps: [one.csv], outs: [made.csv]}}")
    versions = []
    for number in range(2):
        for name in ["a", "sub/b", "sub.x", "é/c"]:
            path = Path("raw", name); path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{name} {number}\r\n")
        Path("one.csv").write_text(f"{number}\n" * 10)
        path = Path("데이터/x.csv"); path.parent.mkdir(exist_ok=True); path.write_text(f"x {number}")
        repo.add(["raw", "one.csv", "데이터/x.csv"]); repo.reproduce()
        git("add", "-A"); git("commit", "-qm", str(number))
        out = lambda file: yaml.safe_load(Path(file).read_text())["outs"][0]["md5"]
        lock = yaml.safe_load(Path("dvc.lock").read_text())["stages"]["make"]["outs"][0]["md5"]
        versions.append({"commit": git("rev-parse", "HEAD"), "raw": out("raw.dvc"), "one.csv": out("one.csv.dvc"),
                         "made.csv": lock, "데이터/x.csv": out("데이터/x.csv.dvc")})
    repo.close()
    Path(folder, "result.json").write_text(json.dumps(versions))
    """#

  @Test("the names are DVC's, of pointers and of dvc.lock, at both versions")
  func names() async throws {
    let folder = try TemporaryFolder()
    let versions = try #require(try Peer.run(Self.script, in: folder).array)
    try #require(versions.count == 2)
    let work = folder.path.appending("work")
    func check(_ version: JSONValue, _ commit: String) async throws {
      let run = try await Program.run(["run", "--json"], in: work)
      #expect(run.status == 0, "\(run)")
      let data = try JSONValue(parsing: run.output)["data"]?.array ?? []
      #expect(data.count == 4)
      for item in data {
        let path = item["path"]?.string ?? ""
        #expect(item["md5"]?.string == version[path]?.string, "\(path)")
        #expect(item[commit]?.string == version["commit"]?.string, "\(path)")
      }
    }
    try await check(versions[1], "commit")
    let checkout = try await Program.run(["data", "checkout", "--rev", "HEAD~1"], in: work)
    #expect(checkout.status == 0, "\(checkout)")
    try await check(versions[0], "earlier_commit")
  }
}
