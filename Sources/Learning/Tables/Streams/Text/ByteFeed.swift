import Formats
import Platform
import SystemPackage

/// Bytes that come one after the other.
protocol ByteFeed: AnyObject {
  /// Fills a buffer; fewer bytes than it takes come only at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int
}

extension ByteFeed {
  /// The next bytes, fewer than asked for only at the end.
  func head(_ count: Int) throws -> [UInt8] {
    try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      filled = try read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// All bytes that are left.
  ///
  /// - Parameter limit: more than that are a failure.
  func rest(limit: Int, of name: String) throws -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let piece = try head(1 << 20)
      if piece.isEmpty { return all }
      all += piece
      guard all.count <= limit else {
        throw Failure(.invalid, "`\(name)` is larger than \(ByteCount(Int64(limit)))")
      }
    }
  }
}

/// A file, or a pipe.
final class FileFeed: ByteFeed {
  private let file: FileDescriptor
  private let path: FilePath
  private let isOwned: Bool

  init(_ path: FilePath) throws {
    file = try FileSystem.openForReading(path)
    self.path = path
    isOwned = true
  }

  /// What the process was given to read.
  init(standardInput name: FilePath) {
    file = .standardInput
    path = name
    isOwned = false
  }

  deinit {
    if isOwned { try? file.close() }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let count = try FileSystem.readOnce(file.rawValue, into: rest, of: path)
      if count == 0 { break }
      filled += count
    }
    return filled
  }
}

/// Bytes that were read already, and those behind them.
final class JoinedFeed: ByteFeed {
  private let head: [UInt8]
  private var place = 0
  private let rest: any ByteFeed

  init(_ head: [UInt8], _ rest: any ByteFeed) {
    self.head = head
    self.rest = rest
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, head.count - place)
    buffer.copyBytes(from: head[place..<place + count])
    place += count
    guard count < buffer.count else { return count }
    return try count + rest.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
  }
}

/// What was packed in another one.
final class UnpackedFeed: ByteFeed {
  private let reader: UnpackingReader

  init(_ packed: any ByteFeed, _ format: PackedText.Format) throws {
    reader = try UnpackingReader(format) { try packed.read(into: $0) }
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    try reader.read(into: buffer)
  }
}

/// Bytes in memory.
final class MemoryFeed: ByteFeed {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    let count = min(buffer.count, bytes.count - place)
    buffer.copyBytes(from: bytes[place..<place + count])
    place += count
    return count
  }
}
