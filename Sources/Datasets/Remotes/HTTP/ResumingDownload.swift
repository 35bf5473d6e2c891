import Glibc
import Platform
import SystemPackage

/// Writes what an address answers into a new file; when the connection is lost, it goes on where it stopped.
final class ResumingDownload {
  private let file: FilePath
  private let transfer: TransferContext
  private var descriptor: Int32 = -1
  /// Bytes that are in the file.
  private var offset: Int64 = 0
  /// What tells that the object is still the same, as the server wrote it.
  private var tag: String?
  /// Whether the answer that comes has been looked at.
  private var isPlaced = false

  init(to file: FilePath, _ transfer: TransferContext) {
    self.file = file
    self.transfer = transfer
  }

  /// Asks until all is there. Nothing is left of the file when this throws.
  ///
  /// - Parameter ask: sends a request with these lines in its header, and hands the answer's body on. It fails when the
  ///   answer is neither a success nor 412 nor 416.
  func run(
    _ retries: RetryPolicy,
    _ ask: (
      _ headers: [HTTPHeader],
      _ receive: @escaping (HTTPResponse, UnsafeRawBufferPointer) throws -> Void
    ) throws -> HTTPResponse
  ) throws {
    descriptor = file.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard descriptor >= 0 else { throw Failure(errno: errno, "create", file) }
    do {
      try fetch(retries, ask)
    } catch {
      close(descriptor)
      try? FileSystem.remove(file)
      throw error
    }
    guard close(descriptor) == 0 else {
      let number = errno
      try? FileSystem.remove(file)
      throw Failure(errno: number, "write", file)
    }
  }

  private func fetch(
    _ retries: RetryPolicy,
    _ ask: (
      [HTTPHeader], @escaping (HTTPResponse, UnsafeRawBufferPointer) throws -> Void
    ) throws -> HTTPResponse
  ) throws {
    var restarts = 0
    var before: Int64 = 0
    while true {
      // What has moved on has earned new attempts.
      let isOver = try retries.run(isCancelled: transfer.isCancelled) { attempt in
        if attempt > 0, offset > before {
          before = offset
          return false
        }
        try transfer.check()
        isPlaced = false
        var headers: [HTTPHeader] = []
        if offset > 0 {
          headers.append(HTTPHeader("range", "bytes=\(offset)-"))
          if let tag { headers.append(HTTPHeader("if-match", tag)) }
        }
        let response = try ask(headers) { try self.take($0, $1) }
        if response.isSuccess {
          if !isPlaced { try place(response) }
          return true
        }
        if response.status == 416, offset > 0, total(response) == offset { return true }
        // The object is another one now, or shorter.
        restarts += 1
        guard restarts < 3, offset > 0 else {
          throw Failure(.invalid, "the server answers with status \(response.status)")
        }
        try restart()
        before = 0
        return false
      }
      if isOver { return }
    }
  }

  /// `bytes */123` of an answer that has no such range.
  private func total(_ response: HTTPResponse) -> Int64? {
    response.headers["content-range"].flatMap {
      $0.split(separator: "/").last.flatMap { Int64($0) }
    }
  }

  private func take(_ response: HTTPResponse, _ bytes: UnsafeRawBufferPointer) throws {
    if !isPlaced { try place(response) }
    try FileSystem.writeAll(descriptor, bytes, to: file)
    offset += Int64(bytes.count)
    transfer.moved(Int64(bytes.count))
  }

  /// Sees to it that what comes is written where it belongs.
  private func place(_ response: HTTPResponse) throws {
    isPlaced = true
    if response.status == 206 {
      let range = response.headers["content-range"]?.split(separator: " ").last ?? ""
      let start = Int64(range.prefix { $0.isASCII && $0.isNumber })
      guard start == offset else {
        throw Failure(.invalid, "the server answers with another part than was asked for")
      }
    } else if offset > 0 {
      // A server that knows no ranges begins anew.
      try restart()
    }
    if offset == 0 {
      let tag = response.headers["etag"]
      // A weak one does not tell bytes apart.
      self.tag = tag?.hasPrefix("W/") == true ? nil : tag
    }
  }

  private func restart() throws {
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
      throw Failure(errno: errno, "write", file)
    }
    transfer.moved(-offset)
    offset = 0
    tag = nil
  }
}
