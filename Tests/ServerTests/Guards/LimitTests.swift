import Server
import Synchronization
import Testing

@Suite("How much one caller may ask") struct RateTests {
  @Test("a bucket gives its burst, then as much as its rate")
  func bucket() throws {
    var buckets = TokenBuckets(rate: 2, burst: 3)
    for _ in 0..<3 { #expect(buckets.take("a", now: 10) == nil) }
    #expect(buckets.take("a", now: 10) == 0.5)
    #expect(buckets.wait(of: "a", now: 10.25) == 0.25)
    #expect(buckets.take("a", now: 10.5) == nil)
    #expect(buckets.take("a", now: 10.5) != nil)
    #expect(buckets.take("b", now: 10.5) == nil)
    // Never more than the burst, however long nothing was asked.
    for _ in 0..<3 { #expect(buckets.take("a", now: 1e6) == nil) }
    #expect(buckets.take("a", now: 1e6) != nil)
    buckets.forget("a")
    #expect(buckets.take("a", now: 1e6) == nil)
    // A clock that goes back gives nothing.
    #expect(buckets.take("c", now: 5) == nil)
    #expect(buckets.take("c", now: 1) == nil)
  }

  @Test("twenty thousand callers take the room of a hundred; the one who asks on is not forgotten")
  func memory() {
    var buckets = TokenBuckets(rate: 0.001, burst: 2, capacity: 100)
    for index in 0..<20_000 {
      _ = buckets.take("caller \(index)", now: Double(index))
      _ = buckets.take("greedy", now: Double(index))
      #expect(buckets.count <= 100)
      if index > 2 { #expect(buckets.wait(of: "greedy", now: Double(index)) != nil) }
    }
  }

  @Test("the refusal says when to come back")
  func refusal() {
    let time = HandClock()
    let limiter = RateLimiter(TokenBuckets(rate: 0.1, burst: 1)) { time.seconds }
    #expect(throws: Never.self) { try limiter.check("a") }
    #expect(throws: Never.self) { try limiter.take("a") }
    let expected = APIError(
      "REQUEST_LIMIT_EXCEEDED", "Too many requests. Try again later.", status: 429, retryAfter: 10)
    #expect(throws: expected) { try limiter.take("a") }
    #expect(throws: expected) { try limiter.check("a") }
    time.seconds = 10
    #expect(throws: Never.self) { try limiter.take("a") }
  }
}

@Suite("Who is worked for and who waits") struct AdmissionTests {
  @Test("places, then room to wait in order, then no more")
  func queue() {
    var queue = AdmissionQueue(places: 2, room: 2)
    #expect(queue.arrive() == .enters)
    #expect(queue.arrive() == .enters)
    #expect(queue.arrive() == .waits(1))
    #expect(queue.arrive() == .waits(2))
    #expect(queue.arrive() == .refused)
    #expect(queue.leave() == 1)
    #expect(queue.working == 2)
    #expect(queue.arrive() == .waits(3))
    #expect(queue.giveUp(2) == true)
    #expect(queue.giveUp(2) == false && queue.giveUp(1) == false)
    #expect(queue.leave() == 3)
    #expect(queue.leave() == nil && queue.leave() == nil)
    #expect(queue.working == 0)
  }

  @Test("a thousand requests share four places; none is lost, none comes twice")
  func gate() async throws {
    let gate = AdmissionGate(places: 4, room: 1000, patience: .seconds(600))
    let count = WorkCount()
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<1000 {
        group.addTask {
          try? await gate.admit {
            count.begin()
            await Task.yield()
            count.end()
          }
        }
      }
    }
    let (working, most, done) = count.all
    #expect(working == 0 && most <= 4 && done == 1000)
  }

  @Test("who waits too long, or finds no room, is told so; the places stay whole")
  func refusals() async throws {
    let gate = AdmissionGate(places: 1, room: 1, patience: .milliseconds(30))
    let (started, begin) = AsyncStream<Void>.makeStream()
    let (ended, end) = AsyncStream<Void>.makeStream()
    async let first: Void = gate.admit {
      begin.finish()
      for await _ in ended {}
    }
    for await _ in started {}
    await #expect(throws: APIError.busy) { try await gate.admit {} }
    end.finish()
    try await first
    #expect(try await gate.admit { 7 } == 7)
  }
}

/// How many work at once.
private final class WorkCount: Sendable {
  private let state = Mutex((working: 0, most: 0, done: 0))

  func begin() {
    state.withLock {
      $0.working += 1
      $0.most = max($0.most, $0.working)
    }
  }

  func end() {
    state.withLock {
      $0.working -= 1
      $0.done += 1
    }
  }

  var all: (Int, Int, Int) { state.withLock { ($0.working, $0.most, $0.done) } }
}

/// A clock that is set by hand.
private final class HandClock: Sendable {
  private let value = Mutex(0.0)
  var seconds: Double {
    get { value.withLock { $0 } }
    set { value.withLock { $0 = newValue } }
  }
}
