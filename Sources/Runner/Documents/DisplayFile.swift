import Formats
import Glibc
import Platform
import SystemPackage

/// Reads what a child displays by appending to `$REPRISE_DISPLAY` while it runs: a ``MediaBundle`` a line.
struct DisplayFile {
  let path: FilePath
  private var offset: Int64 = 0
  private var line = 0
  /// The lines that could not be read, the first few of them.
  private(set) var problems: [Failure] = []

  /// A line longer than this is none that a person would look at.
  private static let longest = 32 << 20

  init(at path: FilePath) { self.path = path }

  /// The bundles that were completed since the last time; at the end also one without a line end.
  mutating func next(isLast: Bool = false) throws -> [MediaBundle] {
    guard let status = try FileSystem.status(path), status.size > offset else { return [] }
    let file = try FileSystem.openForReading(path)
    defer { try? file.close() }
    var bundles: [MediaBundle] = []
    while let bytes = try piece(of: file, size: status.size), !bytes.isEmpty {
      let isWhole = offset + Int64(bytes.count) >= status.size
      let end = bytes.lastIndex(of: 0x0A).map { $0 + 1 } ?? (isLast && isWhole ? bytes.count : 0)
      if end == 0 {
        guard bytes.count >= DisplayFile.longest else { break }
        complain("it has more than \(ByteCount(Int64(DisplayFile.longest)))")
        offset += Int64(bytes.count)
        continue
      }
      for part in bytes[..<end].split(separator: 0x0A, omittingEmptySubsequences: false).dropLast(
        bytes[end - 1] == 0x0A ? 1 : 0)
      {
        line += 1
        if let bundle = parse(part) { bundles.append(bundle) }
      }
      offset += Int64(end)
    }
    return bundles
  }

  private func piece(of file: FileDescriptor, size: Int64) throws -> [UInt8]? {
    let count = Int(clamping: min(size - offset, Int64(DisplayFile.longest)))
    guard count > 0 else { return nil }
    return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      let read = pread(file.rawValue, buffer.baseAddress, count, off_t(offset))
      guard read >= 0 else { throw Failure(errno: errno, "read", path) }
      filled = read
    }
  }

  private mutating func parse(_ text: ArraySlice<UInt8>) -> MediaBundle? {
    if text.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return nil }
    do throws(ParseFailure) {
      return try MediaBundle(JSONValue(parsing: Array(text), allowsNonFinite: true))
    } catch {
      complain(error.message)
      return nil
    }
  }

  private mutating func complain(_ why: String) {
    guard problems.count < 5 else { return }
    problems.append(
      Failure(
        .parse, "a line of $REPRISE_DISPLAY was not understood: \(why)",
        at: SourceLocation(file: path.lastComponent?.string ?? "display", line: max(1, line))))
  }
}
