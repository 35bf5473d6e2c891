extension WorkerPool {
  /// What `body` makes of every number in 0..<count, in the order of the numbers.
  ///
  /// Calls run at the same time, as those of ``parallelFor(blocks:_:)`` do.
  package func map<Result>(_ count: Int, _ body: (_ index: Int) -> Result) -> [Result] {
    Array(unsafeUninitializedCapacity: count) { places, initialized in
      guard let base = places.baseAddress else { return }
      // Each call fills a place of its own, and there is a call for each place: when all have ended,
      // every result is there. The compiler cannot see either.
      parallelFor(blocks: count) { (base + $0).initialize(to: body($0)) }
      initialized = count
    }
  }
}
