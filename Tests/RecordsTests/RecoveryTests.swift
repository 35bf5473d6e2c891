import Glibc
import Platform
import Records
import Testing

@Suite("Runs whose recorder died") struct RecoveryTests {
  let fixture: StoreFixture
  var store: RecordStore { fixture.store }
  let host = Machine.name()

  init() throws { fixture = try StoreFixture() }

  private func start(_ owner: Owner?, host: String? = nil, status: RunStatus = .running) throws
    -> RunID
  {
    try store.start(
      NewRun(host: host ?? self.host, status: status, startTime: 100, owner: owner)
    ).id
  }

  private var dead: Owner {
    var owner = Owner.current()
    owner.startTicks += 1
    return owner
  }

  @Test("a run whose owner is dead becomes KILLED, and its child is told") func deadOwner() throws {
    let id = try start(dead)
    try store.setChild(of: id, pid: 4321, startTicks: 5)
    #expect(try store.hasAbandoned())
    let recovered = try store.recoverAbandoned()
    #expect(try !store.hasAbandoned())
    #expect(recovered.map(\.id) == [id])
    #expect(recovered.first?.child?.pid == 4321)
    #expect(recovered.first?.child?.isAlive == false)
    let run = try store.run(id)
    #expect(run.status == .killed)
    #expect(run.endTime == 100)
    #expect(try store.recoverAbandoned().isEmpty)
  }

  @Test("a run of an earlier boot becomes KILLED, though its pid is alive") func earlierBoot()
    throws
  {
    var owner = Owner.current()
    owner.bootID = "00000000-0000-0000-0000-000000000000"
    let id = try start(owner)
    #expect(try store.recoverAbandoned().map(\.id) == [id])
  }

  @Test("runs that go on, have ended, belong to nobody or to another host are left alone")
  func others() throws {
    _ = try start(.current())
    _ = try start(nil)
    _ = try start(dead, host: "elsewhere")
    _ = try start(dead, status: .scheduled)
    let ended = try start(dead)
    try store.finish(ended, RunEnding(status: .finished, endTime: 200))
    #expect(try store.recoverAbandoned().isEmpty)
    #expect(try store.run(ended).status == .finished)
  }

  @Test("the end is the last sign of life: what the caller knows, else the latest metric")
  func lastSign()
    throws
  {
    let byMetric = try start(dead)
    try store.log(metrics: [Metric("m", 1, timestamp: 5000)], to: byMetric)
    let future = try start(dead)
    try store.log(metrics: [Metric("m", 1, timestamp: .max)], to: future)
    let byLog = try start(dead)
    let recovered = try store.recoverAbandoned { $0.id == byLog ? 7000 : nil }
    #expect(recovered.map(\.endTime) == [5000, 100, 7000])
    #expect(try store.run(byMetric).endTime == 5000)
  }

  @Test("a run that ended can be taken up again, one that somebody records cannot") func resuming()
    throws
  {
    let id = try start(dead)
    try store.finish(id, RunEnding(status: .failed, endTime: 200, exitCode: 1))
    let run = try store.resume(id, owner: .current())
    #expect(run.status == .running)
    #expect(run.endTime == nil)
    #expect(run.exitCode == nil)
    #expect(run.owner == .current())
    #expect(try store.resume(id, owner: .current()) == run)
    let other = Owner(pid: getppid(), startTicks: 0, bootID: Owner.current().bootID)
    let parent = try #require(ProcessIdentity(pid: other.pid))
    let living = Owner(pid: parent.pid, startTicks: parent.startTicks, bootID: other.bootID)
    let busy = try start(living)
    let failure = #expect(throws: Failure.self) { try store.resume(busy, owner: .current()) }
    #expect(failure?.code == .conflict)
  }

  @Test("this process is alive, and one of its number that started at another time is not")
  func alive() {
    #expect(Owner.current().isAlive)
    #expect(!dead.isAlive)
    #expect(!Owner(pid: -1, startTicks: 0, bootID: Owner.current().bootID).isAlive)
  }
}
