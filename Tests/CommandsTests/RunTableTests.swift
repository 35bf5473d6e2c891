import Records
import Testing

@testable import Commands

@Suite("The table of runs") struct RunTableTests {
  private func metric(_ key: String, _ value: Double) -> Metric {
    Metric(key, value, timestamp: 1_000_000)
  }

  @Test("shows the parameters that differ, and the metrics that most runs have") func columns()
    throws
  {
    let runs = [
      try Run.sample(
        params: [Param("alpha", "0.5"), Param("seed", "1"), Param("kind", "a")],
        metrics: [metric("accuracy", 0.9714285714), metric("loss", 0.25)]),
      try Run.sample(
        "진한-수달", id: "b2", params: [Param("alpha", "0.1"), Param("seed", "1")],
        metrics: [metric("loss", .nan), metric("late", 1)]
      ) {
        $0.status = .failed
        $0.startTime = 900_000
        $0.endTime = 965_000
        $0.entryPoint = nil
      },
    ]
    let table = RunTable(runs)
    #expect(table.parameterKeys == ["alpha"])
    #expect(table.metricKeys == ["loss", "accuracy", "late"])
    #expect(
      table.table(now: 1_120_000).text(width: nil)
        == """
        RUN       NAME        ENTRY  STATUS    STARTED          TOOK  alpha  loss  accuracy  late
        3f2a91c0  calm-otter  train  finished  2 min ago       2.5 s    0.5  0.25  0.971429
        b2000000  진한-수달          failed    3 min ago  1 min 05 s    0.1   nan               1
        """)
  }

  @Test("what is asked for comes first, and does not fall under the limit") func asked() throws {
    let metrics = ["a", "b", "c", "d", "e", "f"].map { metric($0, 1) }
    let runs = [try Run.sample(metrics: metrics)]
    #expect(RunTable(runs).metricKeys == ["a", "b", "c", "d"])
    #expect(RunTable(runs, asked: ["f", "absent", "b", "f"]).metricKeys == ["f", "b", "a", "c"])
    #expect(
      RunTable(runs, asked: ["f", "e", "d", "c", "b"]).metricKeys == ["f", "e", "d", "c", "b"])
  }

  @Test("of many parameters that differ the first four are shown") func manyParameters() throws {
    let keys = ["p1", "p2", "p3", "p4", "p5"]
    let runs = [
      try Run.sample(params: keys.map { Param($0, "x") }),
      try Run.sample(params: keys.map { Param($0, "y") }),
    ]
    #expect(RunTable(runs).parameterKeys == ["p1", "p2", "p3", "p4"])
    #expect(RunTable([runs[0]]).parameterKeys == [])
  }

  @Test(
    "on a narrow terminal parameters go first, and the id, the name and the status stay",
    arguments: [
      (80, "3f2a91c0  calm-otter  train  finished  just now  2.5 s       0.5  0.25"),
      (70, "3f2a91c0  calm-otter  train  finished  just now  2.5 s       0.5  0.25"),
      (69, "3f2a91c0  calm-otter  train  finished  just now  2.5 s  0.25"),
      (59, "3f2a91c0  calm-otter  train  finished  just now  0.25"),
      (52, "3f2a91c0  calm-otter  finished  just now  0.25"),
      (40, "3f2a91c0  calm-otter  finished  0.25"),
      (30, "3f2a91c0  calm-otter  finished"),
      (29, "3f2a91c0  calm-ott…  finished"),
      (20, "3f2a91c0  finished"),
    ])
  func narrow(width: Int, row: String) throws {
    let runs = ["0.5", "0.1"].map { alpha in
      Result { try Run.sample(params: [Param("learning", alpha)], metrics: [metric("loss", 0.25)]) }
    }
    let table = RunTable(try runs.map { try $0.get() }).table(now: 1_003_000)
    let lines = table.text(width: width).split(separator: "\n")
    #expect(lines[1] == row)
  }

  @Test("a run that still runs is timed until now; one that is deleted says so") func states()
    throws
  {
    let running = try Run.sample {
      $0.status = .running
      $0.endTime = nil
    }
    let scheduled = try Run.sample {
      $0.status = .scheduled
      $0.endTime = nil
    }
    let deleted = try Run.sample { $0.deletedTime = 5 }
    let lines = RunTable([running, scheduled, deleted]).table(now: 8_200_000).text(width: nil)
      .split(separator: "\n")
    #expect(lines[1] == "3f2a91c0  calm-otter  train  running    2 h ago  2 h 00 min")
    #expect(lines[2] == "3f2a91c0  calm-otter  train  scheduled  2 h ago")
    #expect(lines[3] == "3f2a91c0  calm-otter  train  deleted    2 h ago       2.5 s")
  }

  @Test("times that cannot be true do not stop it") func times() throws {
    let run = try Run.sample {
      $0.startTime = .min
      $0.endTime = .max
    }
    #expect(RunTable([run]).table(now: 0).text(width: nil).contains("2562047788015 h 12 min"))
  }
}
