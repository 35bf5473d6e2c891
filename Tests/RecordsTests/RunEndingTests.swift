import Records
import Testing

@Suite("How a run ended, with what its client said") struct RunEndingTests {
  @Test(
    "what the client said stands, but a process that fails after it has failed",
    arguments: [
      (RunStatus.finished, RunStatus.finished, RunStatus.finished, Int64(5)),
      (.failed, .finished, .failed, 5), (.killed, .finished, .killed, 5),
      (.finished, .failed, .failed, 9), (.finished, .killed, .killed, 9),
      (.failed, .killed, .failed, 5), (.killed, .failed, .killed, 5),
      (.running, .failed, .failed, 9), (.scheduled, .finished, .finished, 9),
    ])
  func heeding(said: RunStatus, process: RunStatus, status: RunStatus, time: Int64) {
    let end = RunEnding(status: process, endTime: 9, exitCode: 3).heeding(said, at: 5, until: nil)
    #expect(end == RunEnding(status: status, endTime: time, exitCode: 3))
  }

  @Test("what it said when it was told to end, or without a time, does not count")
  func late() {
    let end = RunEnding(status: .killed, endTime: 9)
    #expect(end.heeding(.failed, at: 5, until: 5) == end)
    #expect(end.heeding(.failed, at: nil, until: nil) == end)
  }
}
