import Platform
import SystemPackage

/// The packages of folders that Python imports from, by their metadata files.
///
/// See "Recording installed projects" (PEP 376, PEP 627) of the Python packaging specifications: a `.dist-info` holds
/// `METADATA`, a `.egg-info` holds `PKG-INFO` or is that file. What is found first hides what comes later.
enum PythonPackages {
  /// `name==version`, sorted.
  static func list(in folders: [FilePath]) -> [String] {
    var versions: [String: String] = [:]
    var seen: Set<FilePath> = []
    var queue = folders
    while !queue.isEmpty {
      let folder = queue.removeFirst()
      guard seen.insert(folder).inserted, let names = try? FileSystem.names(in: folder) else {
        continue
      }
      for name in names where !name.hasPrefix("~") && !name.hasPrefix("-") {
        if name.hasSuffix(".pth") {
          queue += linked(folder.appending(name), folder)
        } else if let (package, version) = read(folder.appending(name), name) {
          if versions[package] == nil { versions[package] = version }
        }
      }
    }
    return versions.map { "\($0.key)==\($0.value)" }.sorted()
  }

  /// A name as PEP 503 normalises it: lower case, runs of `-`, `_` and `.` as one `-`.
  static func normalized(_ name: some StringProtocol) -> String {
    var result: [UInt8] = []
    for byte in name.utf8 {
      switch byte {
      case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
        if result.last != UInt8(ascii: "-") { result.append(UInt8(ascii: "-")) }
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
      default: result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func read(_ path: FilePath, _ name: String) -> (String, String)? {
    let files: [FilePath]
    if name.hasSuffix(".dist-info") {
      files = [path.appending("METADATA")]
    } else if name.hasSuffix(".egg-info") {
      files = [path.appending("PKG-INFO"), path]
    } else {
      return nil
    }
    for file in files {
      guard let bytes = beginning(of: file) else { continue }
      guard let package = field("name:", in: bytes), let version = field("version:", in: bytes)
      else { return nil }
      return (normalized(package), version)
    }
    return nil
  }

  /// The head of a metadata file; name and version stand at its top, the description below may be long.
  private static func beginning(of file: FilePath) -> [UInt8]? {
    guard FileSystem.isFile(file), let descriptor = try? FileSystem.openForReading(file) else {
      return nil
    }
    defer { try? descriptor.close() }
    return [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
      let read = try? FileSystem.readOnce(
        descriptor.rawValue, into: UnsafeMutableRawBufferPointer(buffer), of: file)
      count = read ?? 0
    }
  }

  /// The value of a header field, up to the empty line that ends the header.
  private static func field(_ key: StaticString, in bytes: [UInt8]) -> String? {
    bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
        guard end > start, bytes[start] != 0x0D else { return nil }
        let size = key.utf8CodeUnitCount
        if end - start > size,
          (0..<size).allSatisfy({ bytes[start + $0] | 0x20 == key.utf8Start[$0] | 0x20 })
        {
          let value = bytes[(start + size)..<end].filter { $0 > 0x20 }
          return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        }
        start = end + 1
      }
      return nil
    }
  }

  /// The folders that a `.pth` file adds: editable installs of older tools live there.
  private static func linked(_ file: FilePath, _ folder: FilePath) -> [FilePath] {
    guard let text = try? FileSystem.readText(file, limit: 1 << 16) else { return [] }
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      guard !line.hasPrefix("#"), !line.hasPrefix("import "), !line.hasPrefix("import\t") else {
        return nil
      }
      let path = folder.pushing(FilePath(String(line))).lexicallyNormalized()
      return FileSystem.isDirectory(path) ? path : nil
    }
  }
}
