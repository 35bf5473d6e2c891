import Checks
import Formats
import Learning
import Platform
import Support
import SystemPackage
import Testing

/// One table as CSV, Parquet and SQLite, which pandas wrote: the report is the same byte for byte, whatever is read and by however
/// many threads.
@Suite("Data tests of one table in several forms") struct DataFormsInterop {
  private struct Opener: TableOpener {
    let folder: FilePath
    let table: String
    let partSize: Int

    func open(_ reference: TableReference) throws -> any TableStream {
      guard case .path(let name) = reference.place else {
        throw Failure(.unsupported, "only files here")
      }
      return try TableStreams.open(
        folder.appending(name == "t" ? table : name), partSize: partSize)
    }
  }

  private static let suite = """
    data: t
    reference: r.csv
    columns:
      id: int, unique, monotonic strict
      time: datetime "%Y-%m-%d %H:%M:%S", monotonic
      day: date
      amount: [float, 0..80, nulls <= 1%, mean > 0, std > 0, median > 0, "quantile 0.9 > 0", drift psi < 0.0001,
        drift ks p >= 0.9, outliers iqr == 0]
      count: int, sum > 0, entropy > 0, class balance >= 0.9, in [0, 1, 2]
      city: category in [Seoul, Busan], distinct 1..2, nulls <= 1%, drift chi2 p >= 0.9
      mail: string ~ "[a-z]+[0-9]*1@[a-z0-9.]+", unique, length 1..14
      ok: bool
    table:
    - no duplicates on [city, count]
    - no duplicates on [mail, day]
    - amount >= count
    - city != 'Seoul' or amount > 10
    - correlation < 0.01 on [amount, count, city]
    - {test: mean, column: amount, above: 0, where: "city == 'Seoul'"}
    - {test: range, column: amount, max: 50, mostly: 99%, where: "count in [1, 2]", severity: warn}

    """

  private static let writing = #"""
    import json, sqlite3
    import numpy as np
    import pandas as pd
    def table(rows, seed):
        rng = np.random.default_rng(seed)
        ids = np.arange(rows)
        ids[rows // 2] = ids[rows // 3]
        times = pd.Timestamp("2025-02-27 23:59:00") + pd.to_timedelta(np.cumsum(rng.integers(-1, 40, rows)), "s")
        t = pd.DataFrame({
            "id": ids, "time": times,
            "day": [f"{d:%Y-%m-%d}" for d in times],
            "amount": np.where(rng.random(rows) < 0.03, np.nan, np.round(rng.exponential(20, rows), 3)),
            "count": rng.poisson(1.5, rows),
            "city": rng.choice(["Seoul", "Busan", "한라, 산", 'q"uote'], rows),
            "mail": [f"user{i % (rows - 4)}@mail{i % 3}.kr" for i in range(rows)],
            "ok": rng.random(rows) < 0.5,
        })
        t["city"] = t["city"].where(rng.random(rows) >= 0.02, None)
        return t
    t = table(7000, 1)
    t.to_csv(folder + "/t.csv", index=False)
    t.to_parquet(folder + "/t.parquet", index=False)
    t.to_parquet(folder + "/small.parquet", index=False, row_group_size=999, compression="zstd")
    with sqlite3.connect(folder + "/t.db") as base:
        t.assign(time=t.time.astype(str)).to_sql("t", base, index=False)
    t.to_csv(folder + "/quoted.csv", index=False, quoting=1, lineterminator="\r\n")
    t.to_csv(folder + "/packed.csv.gz", index=False)
    table(4000, 2).to_csv(folder + "/r.csv", index=False)
    json.dump({}, open(folder + "/result.json", "w"))
    """#

  /// Keys of 64 bits, neighbours and repeats among them, with missing ones in the middle column.
  private static let writingKeys = #"""
    import json, sqlite3
    import numpy as np
    import pandas as pd
    rng = np.random.default_rng(7)
    rows = 9000
    base = 2**53 + rng.integers(0, 40, rows) + rng.choice([0, 2**60, -2**61, 2**62], rows)
    key = (2**62 + np.arange(rows) * 5).astype("int64")
    key[rows // 2] = key[rows // 3]
    key[rows // 2 + 1] = key[rows // 3] + 1
    hole = pd.array(base, dtype="Int64")
    hole[rng.random(rows) < 0.1] = pd.NA
    t = pd.DataFrame({"key": key, "base": hole, "near": key + rng.integers(0, 2, rows)})
    t.to_csv(folder + "/t.csv", index=False)
    t.to_parquet(folder + "/t.parquet", index=False)
    t.to_parquet(folder + "/plain.parquet", index=False, use_dictionary=False, row_group_size=777)
    t.to_json(folder + "/t.jsonl", orient="records", lines=True)
    with sqlite3.connect(folder + "/t.db") as base:
        t.to_sql("t", base, index=False)
    u = t.assign(near=(t.near.astype("uint64") + np.uint64(2**63)))
    u.to_csv(folder + "/u.csv", index=False)
    u.to_parquet(folder + "/u.parquet", index=False)
    u.to_json(folder + "/u.jsonl", orient="records", lines=True)
    a = np.stack([key, t.near.to_numpy()], axis=1)
    np.save(folder + "/n.npy", a)
    pd.DataFrame(a, columns=["0", "1"]).to_csv(folder + "/n.csv", index=False)
    np.save(folder + "/f.npy", np.asfortranarray(a).astype(">i8"))
    json.dump({
        "repeats": int(t.key.duplicated().sum()), "distinct": int(t.base.nunique()),
        "pairs": int(t.duplicated(["key", "near"]).sum()), "same": int((t.key != t.near).sum()),
        "ups": int((t.key.to_numpy()[1:] <= t.key.to_numpy()[:-1]).sum()),
    }, open(folder + "/result.json", "w"))
    """#

  @Test("keys that doubles cannot tell apart are what pandas says, in each form") func keys() throws
  {
    let folder = try TemporaryFolder()
    let wanted = try Peer.run(Self.writingKeys, in: folder)
    func report(_ table: String, _ names: [String], threads: Int = 2) throws -> SuiteOutcome {
      let (key, near) = (names[0], names[1])
      var text = """
        data: t
        columns: {"\(key)": 'int, unique, monotonic strict', "\(near)": 'int, distinct 2..'}
        table: ['no duplicates on [`\(key)`, `\(near)`]', '`\(key)` == `\(near)`']

        """
      if names.count > 2 {
        text += "label: \(names[2])\n"
        text = text.replacing(
          "\"\(near)\": ", with: "\(names[2]): 'int, distinct 0..1', \"\(near)\": ")
      }
      let suite = try DataSuite(parsing: Array(text.utf8), file: "suite.yml")
      let opener = Opener(
        folder: folder.path, table: table, partSize: threads == 2 ? 20_000 : 1 << 20)
      return try DataTesting(suite, opener: opener, threads: threads, now: 0).outcome()
    }
    let first = try report("t.csv", ["key", "near", "base"])
    func failing(_ text: String) -> Int? {
      first.outcomes.first { $0.test.text.contains(text) }?.rows?.failing
    }
    #expect(failing(": unique") == wanted["repeats"]?.int.map(Int.init))
    #expect(failing("no duplicates") == wanted["pairs"]?.int.map(Int.init))
    #expect(failing("monotonic") == wanted["ups"]?.int.map(Int.init))
    #expect(failing("key == near") == wanted["same"]?.int.map(Int.init))
    let distinct = first.outcomes.first { $0.test.text.contains("distinct 0..1") }?.value
    #expect(distinct == wanted["distinct"]?.int.map(Double.init))
    func compare(_ tables: [String], _ names: [String]) throws {
      let wanted = TestReport(suites: [try report(tables[0], names)]).json.text(.indented)
      for table in tables {
        for threads in 1...3 {
          let own = TestReport(suites: [try report(table, names, threads: threads)]).json
            .text(.indented)
          #expect(own == wanted, "\(table), \(threads) threads")
        }
      }
    }
    try compare(
      ["t.csv", "t.parquet", "plain.parquet", "t.jsonl", "t.db"], ["key", "near", "base"])
    try compare(["u.csv", "u.parquet", "u.jsonl"], ["key", "near", "base"])
    try compare(["n.csv", "n.npy", "f.npy"], ["0", "1"])
  }

  @Test("gives one report") func oneReport() throws {
    let folder = try TemporaryFolder()
    _ = try Peer.run(Self.writing, in: folder)
    try folder.write(Self.suite, to: "suite.yml")
    let suite = try DataSuite(reading: folder.path.appending("suite.yml"), shownAs: "suite.yml")
    func report(_ table: String, threads: Int, partSize: Int) throws -> String {
      let opener = Opener(folder: folder.path, table: table, partSize: partSize)
      let outcome = try DataTesting(suite, opener: opener, threads: threads, now: 1_800_000_000)
        .outcome()
      return TestReport(suites: [outcome]).json.text(.indented, sortingKeys: true)
    }
    let first = try report("t.csv", threads: 1, partSize: 1 << 20)
    // Something fails, and rows are named.
    #expect(first.split(separator: "\"failed\"").count > 8)
    #expect(first.split(separator: "\"samples\"").count > 8)
    #expect(!first.contains("\"untested\"\n"))
    for table in ["t.csv", "t.parquet", "small.parquet", "t.db", "quoted.csv", "packed.csv.gz"] {
      for (threads, partSize) in [(1, 1 << 20), (2, 1 << 20), (2, 10_000), (3, 700)] {
        let own = try report(table, threads: threads, partSize: partSize)
        guard own != first else { continue }
        let lines = zip(first.split(separator: "\n"), own.split(separator: "\n"))
        let difference = lines.first { $0 != $1 }
        Issue.record("\(table), \(threads) threads: \(difference.map { "\($1), not \($0)" } ?? "")")
      }
    }
  }
}
