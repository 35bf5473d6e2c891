import Glibc
import Platform
import SystemPackage

/// Finds the full version of an interpreter that no `pyvenv.cfg` tells.
enum PythonVersionText {
  /// From the C header that is installed beside most interpreters.
  static func patchLevel(_ base: FilePath, _ short: String) -> String? {
    let header = base.appending("include/python\(short)/patchlevel.h")
    guard let text = try? FileSystem.readText(header, limit: 1 << 16),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("#define PY_VERSION ") })
    else { return nil }
    return line.split(separator: "\"").dropFirst().first.map(String.init)
  }

  /// From the program itself, which holds the text that `sys.version` begins with: Debian's has no headers beside it.
  static func inside(_ program: FilePath, _ short: String) -> String? {
    guard let file = try? FileSystem.openForReading(program) else { return nil }
    defer { try? file.close() }
    var s = stat()
    guard fstat(file.rawValue, &s) == 0, s.st_size > 0, s.st_size < 1 << 28,
      let map = mmap(nil, Int(s.st_size), PROT_READ, MAP_PRIVATE, file.rawValue, 0),
      map != MAP_FAILED
    else { return nil }
    defer { munmap(map, Int(s.st_size)) }
    let bytes = UnsafeRawBufferPointer(start: map, count: Int(s.st_size))
    let needle = Array("\(short).".utf8)
    var place = map
    let end = map + bytes.count
    while let found = memchr(place, Int32(needle[0]), end - place) {
      let start = UnsafeRawPointer(found) - UnsafeRawPointer(map)
      if let patch = patch(in: bytes, at: start, after: needle) { return "\(short).\(patch)" }
      place = found + 1
    }
    return nil
  }

  /// The digits between the short version and the zero byte that ends the text.
  private static func patch(
    in bytes: UnsafeRawBufferPointer, at start: Int, after needle: [UInt8]
  ) -> String? {
    let digits = start + needle.count
    guard start > 0, bytes[start - 1] == 0, digits < bytes.count,
      bytes[start..<digits].elementsEqual(needle)
    else { return nil }
    let patch = bytes[digits...].prefix(3).prefix { (0x30...0x39).contains($0) }
    let end = digits + patch.count
    guard !patch.isEmpty, end < bytes.count, bytes[end] == 0 else { return nil }
    return String(decoding: patch, as: UTF8.self)
  }
}
