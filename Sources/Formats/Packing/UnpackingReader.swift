import CZlib
import CZstd
import Platform

/// Unpacks what gzip (RFC 1952) or zstd (RFC 8878) packed, in pieces: all members or frames, one behind the other.
package final class UnpackingReader {
  private let decoder: any PieceDecoder
  private let source: (UnsafeMutableRawBufferPointer) throws -> Int
  /// Packed bytes that were read and not yet taken.
  private let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
  private var inputStart = 0
  private var inputEnd = 0
  private var isSourceAtEnd = false
  /// Unpacked bytes that were not yet given.
  private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private var outputStart = 0
  private var outputEnd = 0
  private var isDone = false
  /// Unpacked bytes in all.
  private var made = 0

  /// - Parameter source: fills a buffer with packed bytes as far as it likes; 0 at the end.
  package init(
    _ format: PackedText.Format,
    source: @escaping (UnsafeMutableRawBufferPointer) throws -> Int
  ) throws(ParseFailure) {
    decoder =
      switch format {
      case .gzip: try GzipDecoder()
      case .zstd: try ZstdDecoder()
      }
    self.source = source
  }

  deinit {
    input.deallocate()
    output.deallocate()
  }

  /// Fills a buffer with unpacked bytes; fewer than it takes only at the end.
  ///
  /// - Throws: ``ParseFailure`` for packed bytes that are damaged or cut off, and what the source throws.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
    var filled = 0
    while filled < buffer.count {
      if outputStart == outputEnd {
        guard try unpack() else { break }
      }
      let count = min(buffer.count - filled, outputEnd - outputStart)
      UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<filled + count]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: output[outputStart..<outputStart + count]))
      filled += count
      outputStart += count
    }
    return filled
  }

  /// The next unpacked bytes, valid until more are asked for; nil at the end.
  ///
  /// - Throws: as ``read(into:)``.
  package func next() throws -> UnsafeRawBufferPointer? {
    guard try outputStart < outputEnd || unpack() else { return nil }
    defer { outputStart = outputEnd }
    return UnsafeRawBufferPointer(rebasing: output[outputStart..<outputEnd])
  }

  /// Makes some more unpacked bytes; false when there are none.
  private func unpack() throws -> Bool {
    outputStart = 0
    outputEnd = 0
    while outputEnd == 0, !isDone {
      if inputStart == inputEnd { try fill() }
      let step = decoder.step(
        UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd]), into: output)
      let isStuck = step.taken == 0 && step.made == 0
      inputStart += step.taken
      outputEnd = step.made
      made += step.made
      if step.state == .damaged {
        throw ParseFailure("the \(decoder.name) file is damaged, \(made) bytes in")
      }
      if step.state == .atEnd {
        // Another may follow; zeros fill up a tape, and anything else behind the end is not ours.
        while inputEnd - inputStart < 4, !isSourceAtEnd { try fill() }
        let rest = UnsafeRawBufferPointer(rebasing: input[inputStart..<inputEnd])
        isDone = !decoder.beginAgain(before: rest)
      } else if isStuck, isSourceAtEnd {
        throw ParseFailure("the \(decoder.name) file is cut off")
      } else if isStuck {
        try fill()
      }
    }
    return outputEnd > 0
  }

  /// Reads more packed bytes behind those that are left.
  private func fill() throws {
    guard !isSourceAtEnd else { return }
    let left = inputEnd - inputStart
    if left > 0, inputStart > 0, let base = input.baseAddress {
      base.copyMemory(from: base + inputStart, byteCount: left)
    }
    (inputStart, inputEnd) = (0, left)
    let count = try source(UnsafeMutableRawBufferPointer(rebasing: input[inputEnd...]))
    inputEnd += count
    isSourceAtEnd = count == 0
  }
}

/// What came of unpacking a piece.
private struct PieceStep {
  enum State {
    case going, atEnd, damaged
  }

  /// Bytes.
  var taken: Int
  var made: Int
  var state: State
}

/// What unpacks a piece.
private protocol PieceDecoder: AnyObject {
  var name: String { get }
  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> PieceStep
  /// Whether one more begins, with these bytes.
  func beginAgain(before rest: UnsafeRawBufferPointer) -> Bool
}

private final class GzipDecoder: PieceDecoder {
  let name = "gzip"
  /// zlib keeps its address.
  private let stream: UnsafeMutablePointer<z_stream>

  init() throws(ParseFailure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let size = Int32(MemoryLayout<z_stream>.size)
    guard inflateInit2_(stream, 15 + 16, ZLIB_VERSION, size) == Z_OK else {
      throw ParseFailure("zlib cannot begin")
    }
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> PieceStep {
    // Both buffers are of some 100 kB.
    stream.pointee.next_in = UnsafeMutablePointer(
      mutating: input.bindMemory(to: UInt8.self).baseAddress)
    stream.pointee.avail_in = UInt32(truncatingIfNeeded: input.count)
    stream.pointee.next_out = output.bindMemory(to: UInt8.self).baseAddress
    stream.pointee.avail_out = UInt32(truncatingIfNeeded: output.count)
    let code = inflate(stream, Z_NO_FLUSH)
    return PieceStep(
      taken: input.count - Int(stream.pointee.avail_in),
      made: output.count - Int(stream.pointee.avail_out),
      state: code == Z_STREAM_END ? .atEnd : code == Z_OK || code == Z_BUF_ERROR ? .going : .damaged
    )
  }

  func beginAgain(before rest: UnsafeRawBufferPointer) -> Bool {
    guard rest.starts(with: [0x1F, 0x8B]) else { return false }
    inflateReset(stream)
    return true
  }
}

private final class ZstdDecoder: PieceDecoder {
  let name = "zstd"
  private let stream: OpaquePointer

  init() throws(ParseFailure) {
    guard let stream = ZSTD_createDStream() else { throw ParseFailure("zstd cannot begin") }
    self.stream = stream
  }

  deinit { ZSTD_freeDStream(stream) }

  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> PieceStep {
    var from = ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
    var into = ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
    let code = ZSTD_decompressStream(stream, &into, &from)
    return PieceStep(
      taken: from.pos, made: into.pos,
      state: ZSTD_isError(code) != 0 ? .damaged : code == 0 ? .atEnd : .going)
  }

  func beginAgain(before rest: UnsafeRawBufferPointer) -> Bool { !rest.isEmpty }
}
