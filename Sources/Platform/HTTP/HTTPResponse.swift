/// What a server answered, but for the bytes that went to the caller.
package struct HTTPResponse: Sendable {
  package var status: Int
  /// By their names in lower case; the last one counts when a name comes twice.
  package var headers: [String: String] = [:]
  /// The body, when it was not handed on piece by piece; of a refusal the first 64 kB.
  package var body: [UInt8] = []
  /// Where a redirect that was not followed leads.
  package var redirect: String?

  package init(status: Int) { self.status = status }

  package var isSuccess: Bool { (200..<300).contains(status) }

  /// The length that the header tells, in bytes; nil when it tells none that makes sense.
  package var contentLength: Int64? {
    headers["content-length"].flatMap { Int64($0) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
