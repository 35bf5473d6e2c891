import Compute
import Synchronization
import Testing

@Suite("Worker pools") struct WorkerPoolTests {
  @Test("every block runs once, loop after loop", arguments: [1, 2, 3, 8])
  func once(threads: Int) {
    let pool = WorkerPool(threads: threads)
    #expect(pool.threads == threads)
    for blocks in [0, 1, 2, 5, 100] {
      for _ in 0..<200 {
        var counts = [Int](repeating: 0, count: blocks)
        counts.withUnsafeMutableBufferPointer { counts in
          pool.parallelFor(blocks: blocks) { counts[$0] += 1 }
        }
        #expect(counts.allSatisfy { $0 == 1 })
      }
    }
  }

  @Test("results stand in the order of their numbers", arguments: [1, 2, 8])
  func mapping(threads: Int) {
    let pool = WorkerPool(threads: threads)
    for count in [0, 1, 2, 5, 1000] {
      // Texts of some length own memory: one that is lost or freed twice would show.
      let texts = pool.map(count) { "the result of the block with the number \($0)" }
      #expect(texts == (0..<count).map { "the result of the block with the number \($0)" })
      let even = { (number: Int) -> Int? in number % 2 == 0 ? number : nil }
      #expect(pool.map(count, even) == (0..<count).map(even))
    }
  }

  @Test("pools come and go") func lifetimes() {
    for _ in 0..<50 {
      let pool = WorkerPool(threads: 3)
      let sum = Atomic<Int>(0)
      pool.parallelFor(blocks: 10) { sum.add($0, ordering: .relaxed) }
      #expect(sum.load(ordering: .relaxed) == 45)
    }
  }

  @Test("several threads take part") func together() {
    // Two blocks that wait for each other end only when two threads run them.
    let pool = WorkerPool(threads: 2)
    let arrived = Atomic<Int>(0)
    pool.parallelFor(blocks: 2) { _ in
      arrived.add(1, ordering: .relaxed)
      while arrived.load(ordering: .relaxed) < 2 {}
    }
    #expect(arrived.load(ordering: .relaxed) == 2)
  }

  @Test("a pool of none is a pool of one") func none() {
    #expect(WorkerPool(threads: 0).threads == 1)
    #expect(WorkerPool.processorCount >= 1)
  }
}
