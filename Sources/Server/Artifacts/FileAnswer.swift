import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOPosix
import Platform

/// A file as an answer: in pieces, from a thread that may wait for the disk; a part of it when one is asked for.
struct FileAnswer: Sendable {
  let file: ConfinedFile
  /// The file's own name.
  let name: String

  /// Bytes of a piece.
  static let piece = 256 << 10

  /// - Parameter headers: of the request.
  func answer(to headers: HTTPFields) -> ServerAnswer {
    let size = file.status.size
    let tag = "\"\(file.status.modified)-\(size)\""
    var fields: HTTPFields = [
      .contentType: MediaType.guess(name), .acceptRanges: "bytes", .eTag: tag,
      .contentDisposition: ContentDisposition.attachment(name), .cacheControl: "no-cache",
    ]
    // Nothing that somebody logged runs as a page of this server.
    fields[.xContentTypeOptions] = "nosniff"
    fields[.contentSecurityPolicy] = "default-src 'none'; sandbox"
    if headers[.ifNoneMatch] == tag {
      return ServerAnswer(.notModified, headers: fields, body: .bytes([]))
    }
    let unchanged = headers[.ifRange].map { $0 == tag } ?? true
    switch ByteRange(unchanged ? headers[.range] : nil, size: size) {
    case .whole: return ServerAnswer(headers: fields, body: body(0..<size))
    case .part(let range):
      fields[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)"
      return ServerAnswer(.partialContent, headers: fields, body: body(range))
    case .unsatisfiable:
      return ServerAnswer(
        .rangeNotSatisfiable, headers: [.contentRange: "bytes */\(size)"], body: .bytes([]))
    }
  }

  private func body(_ range: Range<Int64>) -> ServerAnswer.Body {
    let file = file
    return .stream(length: Int(range.count)) { writer in
      var place = range.lowerBound
      while place < range.upperBound {
        let length = min(FileAnswer.piece, Int(range.upperBound - place))
        let start = place
        let piece = try await NIOThreadPool.singleton.runIfActive {
          var buffer = ByteBufferAllocator().buffer(capacity: length)
          try buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: length) { bytes in
            try file.read(
              into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<length]), at: start)
          }
          return buffer
        }
        // A file that became shorter meanwhile: the connection ends before the length that was told.
        guard piece.readableBytes > 0 else {
          throw Failure(.io, "an artifact was cut while it was sent")
        }
        place += Int64(piece.readableBytes)
        try await writer.write(piece)
      }
    }
  }
}
