import Synchronization

/// ``HostRule`` for a server whose port is known when it listens. Until then nobody is answered.
final class HostGuard: RequestGuard {
  private let rule = Mutex<HostRule?>(nil)

  func set(_ rule: HostRule) { self.rule.withLock { $0 = rule } }

  func check(_ request: inout ServerRequest) throws {
    guard let rule = rule.withLock({ $0 }) else { throw APIError.busy }
    try rule.check(&request)
  }
}

/// ``OriginRule`` as a guard.
struct OriginGuard: RequestGuard {
  let rule: OriginRule

  func check(_ request: inout ServerRequest) throws { try rule.check(request) }
}

/// So many requests of one address in a while.
struct RateGuard: RequestGuard {
  let limiter: RateLimiter

  func check(_ request: inout ServerRequest) throws { try limiter.take(request.client) }
}
