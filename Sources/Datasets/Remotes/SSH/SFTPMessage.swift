/// The bytes of a message of SFTP, version 3 (draft-ietf-secsh-filexfer-02): numbers with the highest byte first, texts with
/// their length before them.
struct SFTPMessage {
  private(set) var bytes: [UInt8]

  init(_ kind: SFTPKind) { bytes = [kind.rawValue] }

  mutating func append(_ value: UInt32) {
    for shift in [24, 16, 8, 0] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: value >> shift))
    }
  }

  mutating func append(_ value: UInt64) {
    append(UInt32(truncatingIfNeeded: value >> 32))
    append(UInt32(truncatingIfNeeded: value))
  }

  mutating func append(_ text: String) { append(Array(text.utf8)[...]) }

  mutating func append(_ data: ArraySlice<UInt8>) {
    append(UInt32(truncatingIfNeeded: data.count))
    bytes += data
  }

  /// As it is sent: its length, then itself.
  var framed: [UInt8] {
    var length = SFTPMessage(.initialize)
    length.bytes = []
    length.append(UInt32(truncatingIfNeeded: bytes.count))
    return length.bytes + bytes
  }
}

/// The kinds of messages that we send and take.
enum SFTPKind: UInt8 {
  case initialize = 1, version, open, close, read, write
  case setStatus = 9
  case openFolder = 11
  case readFolder = 12
  case remove = 13
  case makeFolder = 14
  case status = 17
  case rename = 18
  case answer = 101
  case handle = 102
  case data = 103
  case names = 104
  case attributes = 105
  case extended = 200
  case extendedAnswer = 201
}

/// Reads a message; every read fails at its end.
struct SFTPReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  var isAtEnd: Bool { rest.isEmpty }

  /// The message does not hold what it should.
  struct Malformed: Error {}

  mutating func byte() throws(Malformed) -> UInt8 {
    guard let byte = rest.popFirst() else { throw Malformed() }
    return byte
  }

  mutating func word() throws(Malformed) -> UInt32 {
    guard rest.count >= 4 else { throw Malformed() }
    let value = rest.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    rest = rest.dropFirst(4)
    return value
  }

  mutating func long() throws(Malformed) -> UInt64 {
    UInt64(try word()) << 32 | UInt64(try word())
  }

  mutating func data() throws(Malformed) -> ArraySlice<UInt8> {
    let count = Int(try word())
    guard count <= rest.count else { throw Malformed() }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }

  /// What a file is; flags say which of it is there.
  mutating func attributes() throws(Malformed) -> SFTPAttributes {
    let flags = try word()
    var result = SFTPAttributes()
    if flags & 1 != 0 {
      guard let size = Int64(exactly: try long()) else { throw Malformed() }
      result.size = size
    }
    if flags & 2 != 0 { _ = try long() }
    if flags & 4 != 0 { result.mode = try word() }
    if flags & 8 != 0 { _ = try long() }
    if flags & 0x8000_0000 != 0 {
      for _ in 0..<min(try word(), 1000) {
        _ = try data()
        _ = try data()
      }
    }
    return result
  }
}

/// What the other side says of a file.
struct SFTPAttributes: Sendable, Hashable {
  /// Bytes.
  var size: Int64?
  /// With the bits of the kind.
  var mode: UInt32?

  var isFolder: Bool { mode.map { $0 & 0o170000 == 0o040000 } ?? false }
  var isFile: Bool { mode.map { $0 & 0o170000 == 0o100000 } ?? (size != nil) }
  var isLink: Bool { mode.map { $0 & 0o170000 == 0o120000 } ?? false }
}
