import CZlib
import Glibc
import Platform
import SystemPackage

/// A look through a pack before libgit2 gets it, with memory of a fixed size (gitformat-pack(5)): libgit2 would take what
/// sizes the pack claims, and a delta of a few bytes can claim terabytes.
struct PackScan {
  /// Why a pack is refused.
  struct Problem: Error { var reason: String }

  private let descriptor: Int32
  private let limits: BundleLimits
  private var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var start = 0
  private var end = 0
  /// Where the byte after the buffer stands in the file.
  private var offset: Int
  private let packEnd: Int
  private var total: Int64 = 0

  /// - Parameter range: where the pack stands in the file, the digest at its end included.
  init(_ descriptor: Int32, _ range: Range<Int>, _ limits: BundleLimits) {
    self.descriptor = descriptor
    self.limits = limits
    offset = range.lowerBound
    packEnd = range.upperBound - 20
  }

  mutating func run(isStopped: () -> Bool) throws {
    guard packEnd - offset >= 12 else { throw Problem(reason: "it ends within its pack") }
    let head = try (0..<12).map { _ in try byte() }
    guard head.starts(with: "PACK".utf8) else { throw Problem(reason: "it holds no pack") }
    guard head[4..<8].elementsEqual([0, 0, 0, 2]) else {
      throw Problem(reason: "its pack is not of version 2")
    }
    let count = head[8...].reduce(0) { $0 << 8 | Int($1) }
    // The least object is one byte and an empty stream of eight.
    guard count <= (packEnd - offset + end) / 9 + 1 else {
      throw Problem(reason: "its pack is said to hold \(count) objects")
    }
    for _ in 0..<count {
      if isStopped() { throw CancellationError() }
      try object()
    }
    guard start == end, offset == packEnd else { throw Problem(reason: "its pack is too long") }
  }

  private mutating func object() throws {
    var byte = try byte()
    let kind = (byte >> 4) & 7
    var size = Int64(byte & 0x0F)
    var shift: Int64 = 4
    while byte & 0x80 != 0 {
      byte = try self.byte()
      guard shift < 56 else { throw Problem(reason: "an object of its pack is too large") }
      size |= Int64(byte & 0x7F) << shift
      shift += 7
    }
    switch kind {
    case 1...4: break
    case 6:
      var length = 1
      while try self.byte() & 0x80 != 0 {
        length += 1
        guard length <= 10 else { throw Problem(reason: "its pack is damaged") }
      }
    case 7: for _ in 0..<20 { _ = try self.byte() }
    default: throw Problem(reason: "its pack holds an object of an unknown kind")
    }
    try take(size)
    let head = try inflate(size, keeping: kind > 4 ? 20 : 0)
    guard kind > 4 else { return }
    guard let sizes = Delta.sizes(head) else { throw Problem(reason: "its pack is damaged") }
    try check(Int64(sizes.base))
    try take(Int64(sizes.result))
  }

  private func check(_ size: Int64) throws {
    guard size <= limits.object.bytes else {
      throw Problem(reason: "an object of its pack has \(size) bytes, more than \(limits.object)")
    }
  }

  private mutating func take(_ size: Int64) throws {
    try check(size)
    total += size
    guard total <= limits.total.bytes else {
      throw Problem(reason: "its pack unpacks to more than \(limits.total)")
    }
  }

  private mutating func byte() throws -> UInt8 {
    if start == end { try fill() }
    defer { start += 1 }
    return buffer[start]
  }

  private mutating func fill() throws {
    let wanted = min(buffer.count, packEnd - offset)
    guard wanted > 0 else { throw Problem(reason: "it ends within its pack") }
    let (place, file) = (offset, descriptor)
    let count = buffer.withUnsafeMutableBytes { pread(file, $0.baseAddress, wanted, place) }
    guard count > 0 else { throw Problem(reason: "it ends within its pack") }
    (start, end) = (0, count)
    offset += count
  }

  /// Passes over a packed content of a size.
  ///
  /// - Returns: its first bytes.
  private mutating func inflate(_ size: Int64, keeping: Int) throws -> [UInt8] {
    var stream = z_stream()
    guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
      throw Failure(.io, "cannot begin to unpack: out of memory")
    }
    defer { inflateEnd(&stream) }
    var head: [UInt8] = []
    var made: Int64 = 0
    var piece = [UInt8](repeating: 0, count: 1 << 14)
    while true {
      if start == end { try fill() }
      let (from, count) = (start, end - start)
      let (code, left) = buffer.withUnsafeMutableBufferPointer { input in
        piece.withUnsafeMutableBufferPointer { output in
          stream.next_in = input.baseAddress?.advanced(by: from)
          stream.avail_in = UInt32(count)
          stream.next_out = output.baseAddress
          stream.avail_out = UInt32(output.count)
          return (CZlib.inflate(&stream, Z_NO_FLUSH), Int(stream.avail_out))
        }
      }
      start = end - Int(stream.avail_in)
      let written = piece.count - left
      made += Int64(written)
      if head.count < keeping { head += piece[..<min(written, keeping - head.count)] }
      guard code == Z_OK || code == Z_STREAM_END, made <= size else {
        throw Problem(reason: "its pack is damaged")
      }
      if code == Z_STREAM_END {
        guard made == size else { throw Problem(reason: "its pack is damaged") }
        return head
      }
    }
  }
}
