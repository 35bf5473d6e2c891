import Records
import Testing

@testable import Commands

@Suite("Runs as CSV") struct RunSheetTests {
  @Test("has the columns of mlflow.search_runs, quoted where they have to be") func sheet() throws {
    let runs = [
      try Run.sample(
        "say \"hi\", all", params: [Param("alpha", "0.5"), Param("text", "two\nlines")],
        metrics: [Metric("loss", 0.1, timestamp: 0), Metric("val,acc", .nan, timestamp: 0)],
        tags: [Tag("note", "한\r")]),
      try Run.sample(id: "b2", params: [Param("beta", " padded ")]) {
        $0.status = .killed
        $0.endTime = nil
        $0.exitCode = nil
        $0.signal = 9
        $0.cpuSeconds = 1.5
        $0.peakMemory = 4096
        $0.entryPoint = nil
      },
    ]
    let sheet = RunSheet(
      names: RunPages.Names(
        metrics: ["loss", "val,acc"], params: ["alpha", "beta", "text"], tags: ["note"]))
    let text = String(
      decoding: sheet.head + sheet.lines([runs[0]]) + sheet.lines([runs[1]]), as: UTF8.self)
    #expect(
      text == """
        run_id,experiment_id,status,artifact_uri,start_time,end_time,name,entry_point,exit_code,signal,\
        cpu_seconds,peak_memory,metrics.loss,"metrics.val,acc",params.alpha,params.beta,params.text,tags.note
        3f2a91c0000000000000000000000000,0,FINISHED,/artifacts,1000000,1002500,"say ""hi"", all",train,0,,,,\
        0.1,nan,0.5,,"two
        lines","한\r"
        b2000000000000000000000000000000,0,KILLED,/artifacts,1000000,,calm-otter,,,9,1.5,4096,,,, padded ,,

        """)
  }

  @Test("no runs are the fixed columns") func empty() {
    let text = String(decoding: RunSheet(names: RunPages.Names()).head, as: UTF8.self)
    #expect(text.hasPrefix("run_id,experiment_id,status,"))
    #expect(text.hasSuffix(",peak_memory\n"))
  }
}
