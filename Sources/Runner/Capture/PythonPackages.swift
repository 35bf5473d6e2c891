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
    var result = ""
    for character in name.lowercased() {
      if "-_.".contains(character) {
        if result.last != "-" { result.append("-") }
      } else {
        result.append(character)
      }
    }
    return result
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
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = try? bytes.withUnsafeMutableBytes {
      try FileSystem.readOnce(descriptor.rawValue, into: $0, of: file)
    }
    return Array(bytes.prefix(count ?? 0))
  }

  private static func field(_ key: String, in bytes: [UInt8]) -> String? {
    for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.isEmpty || line.first == 0x0D { return nil }
      guard line.count > key.utf8.count,
        zip(line, key.utf8).allSatisfy({ $0 == $1 || $0 | 0x20 == $1 })
      else { continue }
      let value = line.dropFirst(key.utf8.count).filter { $0 > 0x20 }
      return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
    }
    return nil
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
