import Glibc
import Platform
import SystemPackage

extension SFTPChannel {
  /// What every server takes in one message.
  private static let piece = 32_768
  /// Requests that are on their way at once, so that the distance costs little.
  private static let window = 64

  /// Writes all of a file to a handle.
  func write(
    _ file: FilePath, to handle: ArraySlice<UInt8>, _ moved: (Int64) -> Void
  ) throws {
    let source = try FileSystem.openForReading(file)
    defer { try? source.close() }
    var buffer = [UInt8](repeating: 0, count: Self.piece)
    var offset: UInt64 = 0
    var refusal: (any Error)?
    func settle(_ limit: Int) throws {
      while open > limit {
        var answer = try receive()
        do { try answer.expectSuccess() } catch let error as Refusal { refusal = refusal ?? error }
      }
    }
    while refusal == nil {
      let count = try buffer.withUnsafeMutableBytes {
        try FileSystem.readOnce(source.rawValue, into: $0, of: file)
      }
      if count == 0 { break }
      try send(.write) {
        $0.append(handle)
        $0.append(offset)
        $0.append(buffer[..<count])
      }
      offset += UInt64(count)
      moved(Int64(count))
      try settle(Self.window - 1)
    }
    // The channel can be used again only when nothing is on its way.
    try settle(0)
    if let refusal { throw refusal }
  }

  /// Writes what is behind a handle, from a place on, into an open file.
  ///
  /// - Parameter advance: hears of the bytes that are in the file, in their order.
  func read(
    _ handle: ArraySlice<UInt8>, from start: Int64, size: Int64, into descriptor: Int32,
    _ path: FilePath, _ advance: (Int64) -> Void
  ) throws {
    var next = start
    var asked: [UInt32: (offset: Int64, count: Int)] = [:]
    // Pieces that came before an earlier one.
    var landed: [Int64: Int64] = [:]
    var done = start
    var failure: (any Error)?
    while failure == nil, next < size || !asked.isEmpty {
      while next < size, asked.count < Self.window {
        let count = Int(min(Int64(Self.piece), size - next))
        asked[try request(handle, next, count)] = (next, count)
        next += Int64(count)
      }
      var answer = try receive()
      guard let place = asked.removeValue(forKey: answer.id) else { throw SFTPReader.Malformed() }
      do {
        try answer.expect(.data)
        let data = try answer.reader.data()
        guard !data.isEmpty, data.count <= place.count else { throw SFTPReader.Malformed() }
        try Self.write(data, at: place.offset, descriptor, path)
        landed[place.offset] = Int64(data.count)
        // A server may give less than it was asked for.
        if data.count < place.count {
          let rest = (place.offset + Int64(data.count), place.count - data.count)
          asked[try request(handle, rest.0, rest.1)] = rest
        }
      } catch {
        failure = error
      }
      while let count = landed.removeValue(forKey: done) {
        done += count
        advance(count)
      }
    }
    while open > 0 { _ = try receive() }
    if let failure { throw failure }
  }

  private func request(_ handle: ArraySlice<UInt8>, _ offset: Int64, _ count: Int) throws -> UInt32
  {
    try send(.read) {
      $0.append(handle)
      $0.append(UInt64(offset))
      $0.append(UInt32(count))
    }
  }

  private static func write(
    _ data: ArraySlice<UInt8>, at offset: Int64, _ descriptor: Int32, _ path: FilePath
  ) throws {
    var (rest, offset) = (data, offset)
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Failure(errno: errno, "write", path) }
      rest = rest.dropFirst(count)
      offset += Int64(count)
    }
  }
}
