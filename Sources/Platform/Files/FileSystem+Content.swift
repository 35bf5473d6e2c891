import Glibc
import SystemPackage

extension FileSystem {
  /// All bytes of a file.
  ///
  /// - Parameter limit: more than this many bytes is a failure, so that no file can exhaust the memory.
  package static func read(_ path: FilePath, limit: Int = 1 << 30) throws -> [UInt8] {
    let file = try openForReading(path)
    defer { try? file.close() }
    var s = Glibc.stat()
    guard fstat(file.rawValue, &s) == 0 else { throw Failure(errno: errno, "read", path) }
    guard s.st_mode & S_IFMT != S_IFDIR else { throw Failure(errno: EISDIR, "read", path) }
    let expected = s.st_mode & S_IFMT == S_IFREG ? Int(s.st_size) : 0
    guard expected <= limit else { throw tooLarge(path, limit) }
    // A regular file that gives less than was asked for has ended.
    var bytes = try [UInt8](unsafeUninitializedCapacity: expected + 1) { buffer, count in
      let room = UnsafeMutableRawBufferPointer(buffer)
      while count < room.count, count < expected || expected == 0 {
        let free = UnsafeMutableRawBufferPointer(rebasing: room[count...])
        let read = try readOnce(file.rawValue, into: free, of: path)
        if read == 0 { break }
        count += read
      }
    }
    if bytes.count <= expected { return bytes }
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      let count = try chunk.withUnsafeMutableBytes { buffer in
        try readOnce(file.rawValue, into: buffer, of: path)
      }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      guard bytes.count <= limit else { throw tooLarge(path, limit) }
    }
  }

  /// A UTF-8 file as text. Bytes that are not UTF-8 are a failure with the line they stand in.
  package static func readText(_ path: FilePath, limit: Int = 1 << 28) throws -> String {
    let bytes = try read(path, limit: limit)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    let line = 1 + bytes[..<firstInvalidUTF8(bytes)].count { $0 == UInt8(ascii: "\n") }
    throw Failure(
      .parse, "`\(path)` is not UTF-8 text", hint: "save the file as UTF-8",
      at: SourceLocation(file: path.string, line: line))
  }

  /// Writes a whole file or nothing: a temporary sibling, synced, then renamed over the target.
  ///
  /// A link is followed, and stays. What is no file, such as `/dev/stdout` or a named pipe, is written to as it is.
  ///
  /// - Parameters:
  ///   - mode: permission bits of a new file; nil keeps those of the file that is replaced.
  ///   - durable: whether the bytes are on the disk before the name appears; costs an fsync.
  package static func write(
    _ bytes: some Collection<UInt8>, to path: FilePath, mode: UInt32? = nil, durable: Bool = true
  ) throws {
    try write(to: path, mode: mode, durable: durable) { put in try put(Array(bytes)) }
  }

  /// Writes a whole file or nothing, from pieces that a closure puts one after the other; nothing when it throws.
  package static func write(
    to path: FilePath, mode: UInt32? = nil, durable: Bool = true,
    pieces: (_ put: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let old = try status(path)
    if old?.kind == .other { return try writeInPlace(to: path, pieces: pieces) }
    if try linkStatus(path)?.kind == .link, let target = realPath(path) {
      return try write(to: target, mode: mode, durable: durable, pieces: pieces)
    }
    let temporary = temporarySibling(of: path)
    let kept = mode ?? old?.mode ?? 0o644
    do {
      let file = try openForWriting(temporary, mode: kept, shown: path)
      do {
        try pieces { piece in try writeAll(file.rawValue, piece, to: path) }
        // The mask of the process is for new files; one that is replaced keeps its bits.
        if mode == nil, old != nil { fchmod(file.rawValue, kept) }
        if durable, fsync(file.rawValue) != 0 { throw Failure(errno: errno, "write", path) }
      } catch {
        try? file.close()
        throw error
      }
      try file.close()
      try rename(temporary, to: path)
    } catch {
      try? remove(temporary)
      throw error
    }
  }

  /// A name beside a path for what will be renamed to it; as short as can be, because the path's own may be as long as
  /// the file system takes.
  static func temporarySibling(of path: FilePath) -> FilePath {
    path.removingLastComponent().appending(
      ".tmp-\(getpid())-\(UInt32.random(in: .min ... .max))")
  }

  private static func writeInPlace(
    to path: FilePath, pieces: (_ put: ([UInt8]) throws -> Void) throws -> Void
  ) throws {
    let descriptor = path.withPlatformString { open($0, O_WRONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw Failure(errno: errno, "write", path) }
    defer { close(descriptor) }
    try pieces { piece in try writeAll(descriptor, piece, to: path) }
  }

  /// Writes text as UTF-8; see ``write(_:to:mode:durable:)``.
  package static func write(_ text: String, to path: FilePath, durable: Bool = true) throws {
    try write(Array(text.utf8), to: path, durable: durable)
  }

  /// Writes every byte to a descriptor, however many calls it takes.
  package static func writeAll(
    _ descriptor: Int32, _ bytes: some Collection<UInt8>, to path: FilePath
  ) throws {
    let done: Void? = try bytes.withContiguousStorageIfAvailable { buffer in
      try writeAll(descriptor, UnsafeRawBufferPointer(buffer), to: path)
    }
    if done == nil { try writeAll(descriptor, Array(bytes), to: path) }
  }

  /// Writes every byte to a descriptor, however many calls it takes.
  package static func writeAll(
    _ descriptor: Int32, _ bytes: UnsafeRawBufferPointer, to path: FilePath
  ) throws {
    var rest = bytes
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
      if written >= 0 {
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      } else if errno == EAGAIN {
        // A non-blocking descriptor that we were given: wait until it takes more.
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      } else if errno != EINTR {
        throw Failure(errno: errno, "write", path)
      }
    }
  }

  /// Reads a file piece by piece, so that it need not fit into memory.
  ///
  /// - Parameters:
  ///   - size: of each piece in bytes, but the last.
  ///   - isCancelled: is asked before every piece; the file is read no further then.
  ///   - body: gets each piece, which is valid until it returns.
  /// - Throws: ``Failure`` with `.interrupted` when it is cancelled.
  package static func read(
    _ path: FilePath, inPiecesOf size: Int, isCancelled: () -> Bool = { false },
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let file = try openForReading(path)
    defer { try? file.close() }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 4096)
    defer { buffer.deallocate() }
    var isAtEnd = false
    while !isAtEnd {
      if isCancelled() { throw Failure(.interrupted, "interrupted") }
      var filled = 0
      while filled < size, !isAtEnd {
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
        let count = try readOnce(file.rawValue, into: rest, of: path)
        filled += count
        isAtEnd = count == 0
      }
      if filled > 0 { try body(UnsafeRawBufferPointer(rebasing: buffer[..<filled])) }
    }
  }

  /// Opens a file to be read; it closes at exec.
  package static func openForReading(_ path: FilePath) throws -> FileDescriptor {
    let descriptor = path.withPlatformString { open($0, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw Failure(errno: errno, "read", path) }
    return FileDescriptor(rawValue: descriptor)
  }

  /// Creates a file, emptied when it is there, to be written; it closes at exec.
  ///
  /// - Parameter shown: the path that a failure names, when the file is to become another's content.
  package static func openForWriting(
    _ path: FilePath, mode: UInt32 = 0o644, appending: Bool = false, shown: FilePath? = nil
  ) throws -> FileDescriptor {
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (appending ? O_APPEND : O_TRUNC)
    let descriptor = path.withPlatformString { open($0, flags, mode) }
    guard descriptor >= 0 else { throw Failure(errno: errno, "write", shown ?? path) }
    return FileDescriptor(rawValue: descriptor)
  }

  /// One `read`, tried again when a signal interrupts it; 0 at the end.
  package static func readOnce(
    _ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer, of path: FilePath
  ) throws -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if errno != EINTR { throw Failure(errno: errno, "read", path) }
    }
  }

  private static func tooLarge(_ path: FilePath, _ limit: Int) -> Failure {
    Failure(.invalid, "`\(path)` is larger than \(ByteCount(Int64(limit)))")
  }

  private static func firstInvalidUTF8(_ bytes: [UInt8]) -> Int {
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput, .error: return min(offset, bytes.count)
      }
    }
  }
}
