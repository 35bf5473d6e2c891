import Formats
import Platform
import Support
import SystemPackage
import Testing

/// `reprise replay`: the same again, what is planted is found and explained, and what cannot be had is named before
/// anything runs.
@Suite("Replay") struct ReplayTests {
  /// A committed project whose script writes numbers made of its data, a parameter and chance.
  private func project(_ script: String = ReplayTests.seeded) async throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      name: small
      entry_points:
        main:
          parameters: {alpha: {type: float, default: 0.5}}
          command: "python3 fit.py {alpha}"
          inputs: [data/numbers.txt]
          outputs: [out/model.json]

      """, to: "MLproject")
    try folder.write(script, to: "fit.py")
    try folder.write("1\n2\n3.5\n", to: "data/numbers.txt")
    try folder.write("out/\n", to: ".gitignore")
    try await Program.shell(
      "git init -q -b main . && git add -A && git commit -qm one", in: folder.path)
    return folder
  }

  private static func script(seed: String) -> String {
    """
    import json, os, random, sys
    random.seed(\(seed))
    os.makedirs("out", exist_ok=True)
    total = sum(map(float, open("data/numbers.txt"))) * float(sys.argv[1])
    json.dump({"total": total, "chance": random.random()}, open("out/model.json", "w"))
    with open(os.environ["REPRISE_METRICS"], "a") as metrics:
        for step in range(3):
            metrics.write(json.dumps({"key": "loss", "value": total / (step + 1), "step": step}) + "\\n")
    print("in", os.getcwd())

    """
  }

  private static let seeded = script(seed: #"int(os.environ["REPRISE_SEED"])"#)

  private func reprise(
    _ words: [String], in folder: FilePath, _ variables: [String: String] = [:]
  ) async throws -> Program.Result {
    try await Program.run(words, in: folder, environment: variables)
  }

  private func run(in folder: FilePath, _ more: [String] = []) async throws {
    let result = try await reprise(["run"] + more, in: folder)
    try #require(result.status == 0, "\(result)")
  }

  /// Plays the newest run and gives its verdict.
  private func replay(
    _ more: [String] = [], run: String = "latest", in folder: FilePath, status: Int32,
    _ variables: [String: String] = [:]
  ) async throws -> JSONValue {
    let result = try await reprise(["replay", run, "--json"] + more, in: folder, variables)
    try #require(result.status == status, "\(result)")
    return try JSONValue(parsing: result.output)
  }

  private func causes(_ verdict: JSONValue) -> [String] {
    (verdict["causes"]?.array ?? []).compactMap { $0["name"]?.string }
  }

  @Test("a run is the same again, and both say so; the person's tree is left alone")
  func same() async throws {
    let folder = try await project()
    try await run(in: folder.path)
    let before = try await Program.shell(
      "git status --porcelain; ls -a; cat out/model.json", in: folder.path)
    let verdict = try await replay(in: folder.path, status: 0)
    #expect(verdict["verdict"]?.string == "identical")
    #expect(verdict["outputs"]?.array?.first?["kind"]?.string == "identical")
    #expect(verdict["metrics"]?.array?.first?["kind"]?.string == "identical")
    #expect(verdict["causes"]?.array?.isEmpty == true)
    let after = try await Program.shell(
      "git status --porcelain; ls -a; cat out/model.json", in: folder.path)
    #expect(before == after)
    let replayed = try JSONValue(
      parsing: await reprise(["runs", "show", "latest", "--json"], in: folder.path).output)
    let original = try JSONValue(
      parsing: await reprise(["runs", "show", "latest~1", "--json"], in: folder.path).output)
    #expect(replayed["tags"]?["reprise.replayOf"] == original["run_id"])
    #expect(replayed["tags"]?["reprise.replay.verdict"]?.string == "identical")
    #expect(original["tags"]?["reprise.replayed"]?.string == "identical")
    #expect(original["tags"]?["reprise.replayedBy"] == replayed["run_id"])
    #expect(original["reproducibility"]?["score"]?.int == 90)
    // A replay can be played again as well.
    let again = try await replay(in: folder.path, status: 0)
    #expect(again["original"] == replayed["run_id"])
  }

  @Test("what was changed and not committed is played, whatever the tree holds now")
  func uncommitted() async throws {
    let folder = try await project()
    try await Program.shell(
      "sed -i 's/total \\* /total * 1 * /; s/random.random()/random.random() * 2/' fit.py; echo '5' >> data/numbers.txt; echo x > 'new file'",
      in: folder.path)
    try await run(in: folder.path)
    try await Program.shell(
      "git checkout -q . && rm 'new file' && echo 9 > data/numbers.txt", in: folder.path)
    let verdict = try await replay(in: folder.path, status: 0)
    #expect(verdict["verdict"]?.string == "identical")
  }

  @Test("one changed line of code is found and named")
  func code() async throws {
    let folder = try await project()
    try await run(in: folder.path)
    try await Program.shell(
      "sed -i 's/random.random()/random.random() + 1/' fit.py && git commit -qam two",
      in: folder.path)
    let verdict = try await replay(["--code", "HEAD"], in: folder.path, status: 1)
    #expect(verdict["outputs"]?.array?.first?["kind"]?.string == "different")
    #expect(causes(verdict) == ["code"])
    let second = verdict["causes"]?.array?.first?["replay"]?.string ?? ""
    #expect(second.hasSuffix(": fit.py"), "\(second)")
    // As it was recorded it is the same still.
    #expect(try await replay(run: "latest~1", in: folder.path, status: 0)["same"]?.bool == true)
  }

  @Test("another parameter is found and named")
  func parameter() async throws {
    let folder = try await project()
    try await run(in: folder.path, ["-P", "alpha=0.25"])
    let verdict = try await replay(["--with", "alpha=0.75"], in: folder.path, status: 1)
    #expect(causes(verdict) == ["parameter alpha"])
    #expect(verdict["metrics"]?.array?.first?["kind"]?.string == "different")
    let kept = try await replay(run: "latest~1", in: folder.path, status: 0)
    #expect(kept["verdict"]?.string == "identical")
  }

  @Test("chance without a seed is found, and nothing else is blamed")
  func chance() async throws {
    let folder = try await project(Self.script(seed: ""))
    try await run(in: folder.path)
    let result = try await reprise(["replay", "latest"], in: folder.path)
    #expect(result.status == 1)
    #expect(result.output.contains("chance, time or the order of threads"))
    #expect(result.output.contains("$.chance"))
  }

  @Test("data that nobody keeps and that has changed is named before anything runs")
  func lostData() async throws {
    let folder = try await project()
    try await Program.shell(
      "echo data/ >> .gitignore; git rm -rq --cached data; git commit -qam two", in: folder.path)
    try await run(in: folder.path)
    #expect(try await replay(in: folder.path, status: 0)["same"]?.bool == true)
    try await Program.shell("sed -i 's/2/7/' data/numbers.txt", in: folder.path)
    let count = try await reprise(["runs", "--json"], in: folder.path).output
    let result = try await reprise(["replay", "latest~1"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("`data/numbers.txt` (sha256 "), "\(result)")
    #expect(result.error.contains("versioned by nobody and has changed"))
    #expect(try await reprise(["runs", "--json"], in: folder.path).output == count)
    let dry = try await replay(["--dry-run"], run: "latest~1", in: folder.path, status: 2)
    #expect(dry["possible"]?.bool == false)
    #expect(dry["problems"]?.array?.first?["part"]?.string == "data")
  }

  @Test("versioned data comes from the cache, else from the remote, by content")
  func versionedData() async throws {
    let folder = try await project()
    try await Program.shell(
      """
      git rm -rq --cached data; git commit -qm two; R='\(Program.path)'
      $R data remote add --default store remote; $R data add data; git add -A -- . ':!remote'; git commit -qm three; $R data push
      """, in: folder.path)
    try await run(in: folder.path)
    try await Program.shell("echo 11 > data/numbers.txt", in: folder.path)
    #expect(try await replay(in: folder.path, status: 0)["verdict"]?.string == "identical")
    try await Program.shell("rm -rf .dvc/cache", in: folder.path)
    #expect(try await replay(in: folder.path, status: 0)["verdict"]?.string == "identical")
    try await Program.shell("rm -rf .dvc/cache; mv remote gone", in: folder.path)
    let result = try await reprise(["replay", "latest"], in: folder.path)
    #expect(result.status == 2)
    #expect(result.error.contains("the remote `store`"), "\(result.error)")
    try await Program.shell(
      "mv gone remote; '\(Program.path)' data add data; git commit -qam four", in: folder.path)
    let other = try await replay(["--data", "HEAD"], in: folder.path, status: 1)
    #expect(causes(other).contains { $0.hasPrefix("input data/numbers.txt") }, "\(causes(other))")
  }

  @Test("from a fresh clone, and when the first tree has gone")
  func clone() async throws {
    let folder = try await project()
    try await run(in: folder.path)
    let other = try TemporaryFolder()
    try await Program.shell(
      "git clone -q '\(folder.path)' clone; mv '\(folder.path)/.reprise' records; rm -rf '\(folder.path)'/*; rm -rf '\(folder.path)/.git'",
      in: other.path)
    let verdict = try await replay(
      in: other.path.appending("clone"), status: 0,
      ["REPRISE_RECORDS": other.path.appending("records").string])
    #expect(verdict["metrics"]?.array?.first?["kind"]?.string == "identical")
  }

  @Test("a history that was rewritten, no git at all, and runs of others are told")
  func impossible() async throws {
    let folder = try await project()
    try await run(in: folder.path)
    try await Program.shell(
      """
      git commit -q --amend -m other; git reflog expire --expire=now --all; git gc -q --prune=now
      """, in: folder.path)
    let gone = try await reprise(["replay", "latest"], in: folder.path)
    #expect(gone.status == 2)
    #expect(gone.error.contains("no repository here has the commit"))
    #expect(gone.error.contains("--code HEAD"))
    #expect(try await replay(["--code", "HEAD"], in: folder.path, status: 0)["same"]?.bool == true)
    try await Program.shell("rm -rf .git", in: folder.path)
    try await run(in: folder.path)
    let bare = try await reprise(["replay", "latest"], in: folder.path)
    #expect(bare.status == 2)
    #expect(bare.error.contains("is in no commit"))
    #expect(bare.error.contains("git init"))
  }

  @Test("what a link of the repository leads to is never written")
  func links() async throws {
    let folder = try await project()
    let elsewhere = try TemporaryFolder()
    try await Program.shell(
      """
      mv data '\(elsewhere.path)/data'; ln -s '\(elsewhere.path)/data' data
      git add -A; git commit -qm two
      """, in: folder.path)
    try await run(in: folder.path)
    #expect(try await replay(in: folder.path, status: 0)["same"]?.bool == true)
    // The store has the content by now in an output, and the tree a copy.
    try await Program.shell(
      "cp data/numbers.txt kept; echo 77 > '\(elsewhere.path)/data/numbers.txt'", in: folder.path)
    let result = try await reprise(["replay", "latest"], in: folder.path)
    #expect(result.status == 2, "\(result)")
    #expect(try elsewhere.read("data/numbers.txt") == "77\n")
  }

  @Test("one changed byte of data is found and named; recorded data goes with any code")
  func dataByte() async throws {
    let folder = try await project()
    try await run(in: folder.path, ["--run-name", "first"])
    try await Program.shell(
      "sed -i 's/3.5/3.6/' data/numbers.txt && git commit -qam two", in: folder.path)
    // The code of HEAD is the same but for its data, which is not what the run read.
    let recorded = try await replay(["--code", "HEAD"], run: "first", in: folder.path, status: 0)
    #expect(recorded["verdict"]?.string == "identical")
    for options in [["--data", "HEAD"], ["--data", "HEAD", "--code", "HEAD"]] {
      let verdict = try await replay(options, run: "first", in: folder.path, status: 1)
      #expect(causes(verdict).contains { $0.hasPrefix("input data/numbers.txt") }, "\(verdict)")
      #expect(verdict["metrics"]?.array?.first?["kind"]?.string == "different")
    }
    try await Program.shell("git rm -rqf data && git commit -qm three", in: folder.path)
    let none = try await reprise(["replay", "first", "--data", "HEAD"], in: folder.path)
    #expect(none.status == 2)
    #expect(none.error.contains("`HEAD` has no `data/numbers.txt`"), "\(none.error)")
  }

  @Test("numbers of threads, seeds and the clock are as they were, whatever is set now")
  func variables() async throws {
    let names = ["OMP_NUM_THREADS", "REPRISE_SEED", "PYTHONHASHSEED", "SOURCE_DATE_EPOCH"]
    let folder = try await project(
      """
      import json, os
      os.makedirs("out", exist_ok=True)
      json.dump([os.environ.get(n) for n in \(names)] + list(set("abcdef")), open("out/model.json", "w"))

      """)
    let threads = ["OMP_NUM_THREADS": "3"]
    let made = try await reprise(["run"], in: folder.path, threads)
    try #require(made.status == 0)
    let other = ["OMP_NUM_THREADS": "1", "REPRISE_SEED": "1", "SOURCE_DATE_EPOCH": "1"]
    let verdict = try await replay(in: folder.path, status: 0, other)
    #expect(verdict["verdict"]?.string == "identical")
  }

  /// What tests said before the run is no result of it, and what the run itself writes there is.
  @Test("reports of required tests are passed over, and nothing else", arguments: [true, false])
  func required(isRequired: Bool) async throws {
    let folder = try await project()
    try folder.write(
      """
      entry_points:
        main: {command: "bash go.sh"\(isRequired ? ", requires: [numbers]" : "")}

      """, to: "MLproject")
    try folder.write("x\n1\n2\n", to: "data/numbers.csv")
    try folder.write(
      "data: data/numbers.csv\ncolumns: {x: 'int, 0..5'}\n", to: "tests/data/numbers.yml")
    // The report of tests that were required is written anew; another file of that folder is not the same again.
    let own = isRequired ? "own.txt" : "report.json"
    try folder.write(
      """
      cd "$REPRISE_RECORDS"/artifacts/*/$REPRISE_RUN_ID/artifacts && mkdir -p tests
      echo same > tests/same.txt; echo runs $(ls ../.. | wc -l) > tests/\(own)

      """, to: "go.sh")
    try await Program.shell("git add -A && git commit -qm two", in: folder.path)
    try await run(in: folder.path)
    let verdict = try await replay(in: folder.path, status: 1)
    let artifacts = verdict["artifacts"]?.array ?? []
    let different = artifacts.filter { $0["kind"]?.string == "different" }
    #expect(different.count == 1, "\(artifacts)")
    #expect(different.first?["name"]?.string == (isRequired ? "tests/own.txt" : "tests"))
    #expect(!artifacts.contains { $0["kind"]?.string == "missing" })
  }

  @Test("Ctrl-C and kill -9 leave nothing behind")
  func killed() async throws {
    let folder = try await project()
    let place = try TemporaryFolder()
    try await Program.shell(
      """
      printf '\\nimport time\\nif os.environ.get("SLOW"): time.sleep(30)\\n' >> fit.py; git commit -qam two
      '\(Program.path)' run --run-name first
      SLOW=1 '\(Program.path)' replay first --in '\(place.path)' > /dev/null 2>&1 &
      while [ -z "$(ls '\(place.path)')" ]; do sleep 0.05; done; sleep 0.5; kill -9 $!; wait || true
      """, in: folder.path)
    let names = { try FileSystem.names(in: place.path) }
    #expect(try names().count == 1)
    let options = ["--in", place.path.string]
    let verdict = try await replay(options, run: "first", in: folder.path, status: 0)
    #expect(verdict["same"]?.bool == true)
    #expect(try names().isEmpty)
    try await Program.shell(
      """
      SLOW=1 timeout --foreground -s INT 4 '\(Program.path)' replay first --in '\(place.path)' > /dev/null 2>&1 || true
      """, in: folder.path)
    #expect(try names().isEmpty)
    let kept = try await reprise(["replay", "first", "--keep"] + options, in: folder.path)
    #expect(kept.status == 0, "\(kept)")
    #expect(try names().count == 1)
    let inside = try await reprise(["replay", "first", "--in", "here"], in: folder.path)
    #expect(inside.status == 2, "\(inside)")
  }
}
