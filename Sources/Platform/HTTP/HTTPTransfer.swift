import CCurl
import Glibc
import SystemPackage

/// What one transfer of libcurl's works with while it runs: the other end of its callbacks.
final class HTTPTransfer {
  /// The closures of one call; they do not outlive it.
  struct Calls {
    var isCancelled: () -> Bool
    /// Bytes that have come, of how many.
    var report: HTTPClient.Report?
    /// Bytes that have left; negative when they leave again.
    var sent: ((Int64) -> Void)?
    /// Takes the pieces of a body that is wanted; they are kept in the response when nil.
    var receive: ((HTTPResponse, UnsafeRawBufferPointer) throws -> Void)?
  }

  /// The answer so far.
  private(set) var response = HTTPResponse(status: 0)
  /// What stopped it from our side.
  private(set) var failure: (any Error)?
  let messageBuffer: UnsafeMutablePointer<CChar>
  private let limit: Int
  private let body: HTTPRequest.Body
  private var calls: Calls?
  private var received = 0
  private var offset: Int64 = 0
  private var descriptor: Int32 = -1

  /// Bytes that are kept of a refusal.
  private static let refusalLimit = 1 << 16

  init(_ request: HTTPRequest, _ calls: Calls) {
    limit = request.limit
    body = request.body
    self.calls = calls
    messageBuffer = .allocate(capacity: Int(CURL_ERROR_SIZE))
    messageBuffer.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
  }

  deinit {
    messageBuffer.deallocate()
    if descriptor >= 0 { close(descriptor) }
  }

  /// What libcurl said last.
  var message: String { String(cString: messageBuffer) }

  /// Lets go of the caller's closures, which must not outlive its call.
  func end() { calls = nil }

  /// Takes a line of a header. Each answer, of which a redirect or a login makes several, begins with its status.
  func take(header line: UnsafeRawBufferPointer) {
    let text = String(decoding: line, as: UTF8.self)
    if text.hasPrefix("HTTP/") {
      let words = text.split(separator: " ", maxSplits: 2)
      let digits = words.count > 1 ? words[1].prefix { $0.isASCII && $0.isNumber } : ""
      response = HTTPResponse(status: Int(digits) ?? 0)
      received = 0
      return
    }
    guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")), response.headers.count < 1000
    else { return }
    let value = text[text.index(after: colon)...].trimmingWhitespace
    response.headers[text[..<colon].lowercased()] = String(value)
  }

  /// Hands bytes on; false when the transfer has to stop.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard response.isSuccess else {
      let room = Self.refusalLimit - response.body.count
      response.body.append(contentsOf: bytes.prefix(max(0, room)))
      return true
    }
    let (sum, overflows) = received.addingReportingOverflow(bytes.count)
    guard !overflows, sum <= limit else {
      failure = Failure(.invalid, "the answer is larger than \(ByteCount(Int64(limit)))")
      return false
    }
    received = sum
    do {
      if let receive = calls?.receive {
        try receive(response, bytes)
      } else {
        response.body.append(contentsOf: bytes)
      }
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// Tells how far it is; false when it is not wanted any more.
  func progress(_ received: curl_off_t, _ total: curl_off_t) -> Bool {
    calls?.report?(ByteCount(Int64(received)), total > 0 ? ByteCount(Int64(total)) : nil)
    return calls?.isCancelled() != true
  }

  /// Fills a buffer with what comes next of the body; nil when it cannot be read.
  func give(_ buffer: UnsafeMutableRawBufferPointer) -> Int? {
    let count = min(Int64(buffer.count), body.count - offset)
    guard count > 0 else { return 0 }
    let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(count)])
    do {
      switch body {
      case .none: return 0
      case .bytes(let bytes): room.copyBytes(from: bytes[Int(offset)..<(Int(offset) + Int(count))])
      case .file(let path, let start, _):
        try fill(room, path, at: start + offset)
      }
    } catch {
      failure = error
      return nil
    }
    offset += count
    calls?.sent?(count)
    return Int(count)
  }

  private func fill(
    _ room: UnsafeMutableRawBufferPointer, _ path: FilePath, at start: Int64
  ) throws {
    if descriptor < 0 {
      descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
      guard descriptor >= 0 else { throw Failure(errno: errno, "read", path) }
    }
    var done = 0
    while done < room.count {
      guard let base = room.baseAddress else { return }
      let count = pread(descriptor, base + done, room.count - done, off_t(start) + off_t(done))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(errno: errno, "read", path) }
      guard count > 0 else {
        throw Failure(
          .conflict, "`\(path)` became shorter while it was sent", hint: "run the command again")
      }
      done += count
    }
  }

  /// Goes to a place in the body, since a server wants it once more; false when there is none.
  func seek(to place: Int64) -> Bool {
    guard place >= 0, place <= body.count else { return false }
    calls?.sent?(place - offset)
    offset = place
    return true
  }
}

extension Substring {
  fileprivate var trimmingWhitespace: Substring {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...last]
  }
}
