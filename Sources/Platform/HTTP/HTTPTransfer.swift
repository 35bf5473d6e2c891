import CCurl

/// What one transfer of libcurl's works with while it runs.
final class HTTPTransfer {
  let limit: Int
  /// What stopped it from our side.
  private(set) var failure: (any Error)?
  /// Whether the answer so far is one whose body is wanted.
  var isWanted: () -> Bool = { true }
  let messageBuffer: UnsafeMutablePointer<CChar>
  private let report: HTTPClient.Report?
  private var receive: ((UnsafeRawBufferPointer) throws -> Void)?
  private var received = 0

  init(
    limit: Int, report: HTTPClient.Report?,
    receive: @escaping (UnsafeRawBufferPointer) throws -> Void
  ) {
    self.limit = limit
    self.report = report
    self.receive = receive
    messageBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    messageBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit { messageBuffer.deallocate() }

  /// What libcurl said last.
  var message: String { String(cString: messageBuffer) }

  /// Lets go of the caller's closures, which must not outlive its call.
  func end() {
    receive = nil
    isWanted = { false }
  }

  /// Hands bytes on; false when the transfer has to stop.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard isWanted() else { return true }
    let (sum, overflows) = received.addingReportingOverflow(bytes.count)
    guard !overflows, sum <= limit else {
      failure = Failure(.invalid, "the answer is larger than \(ByteCount(Int64(limit)))")
      return false
    }
    received = sum
    do {
      try receive?(bytes)
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Tells how far it is; false when the task was cancelled.
  func progress(_ received: curl_off_t, _ total: curl_off_t) -> Bool {
    report?(ByteCount(Int64(received)), total > 0 ? ByteCount(Int64(total)) : nil)
    return !Task.isCancelled
  }
}
