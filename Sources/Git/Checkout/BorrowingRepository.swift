import CGit2
import Glibc
import Platform
import SystemPackage

/// Makes a repository that has no objects of its own and finds those of another one.
struct BorrowingRepository {
  let lender: Repository
  /// 40 hexadecimal digits.
  let commit: String

  /// What of the user's settings decides how files stand in a work tree, and whether git sees them as changed.
  private static let keptSettings = [
    "core.autocrlf", "core.eol", "core.symlinks", "core.filemode", "core.ignorecase",
    "core.trustctime", "core.checkstat", "core.excludesfile", "core.attributesfile",
  ]

  /// Makes it in a folder that is there and empty, HEAD at the commit, without an index or files.
  func make(in folder: FilePath) throws -> Repository {
    var handle: OpaquePointer?
    try LibGit2.check(
      folder.withPlatformString { git_repository_init(&handle, $0, 0) },
      "create a repository in `\(folder)`")
    git_repository_free(handle)
    let directory = folder.appending(".git")
    let info = directory.appending("info")
    let stores = try ObjectStores.of(lender)
    try FileSystem.createDirectory(info)
    try FileSystem.createDirectory(directory.pushing("objects/info"))
    try write(
      stores.flatMap { $0.pathBytes + [0x0A] }, to: directory.pushing("objects/info/alternates"))
    try write(Array("\(commit)\n".utf8), to: directory.appending("HEAD"))
    let config = directory.appending("config")
    try write(FileSystem.read(config) + settings(), to: config)
    // Where the history of the user's repository ends, and what it says of files apart from the commits.
    for name in ["shallow", "info/attributes", "info/exclude"] {
      let file = lender.commonDirectory.pushing(FilePath(name))
      guard FileSystem.isFile(file) else { continue }
      try write(FileSystem.read(file, limit: 1 << 26), to: directory.pushing(FilePath(name)))
    }
    return try Repository.open(folder)
  }

  private func write(_ bytes: [UInt8], to path: FilePath) throws {
    try FileSystem.write(bytes, to: path, mode: 0o644, durable: false)
  }

  /// Lines of git-config(1).
  private func settings() throws -> [UInt8] {
    var text = ""
    for name in Self.keptSettings {
      guard let value = lender.settings.string(name) else { continue }
      text += "[core]\n\t\(name.dropFirst(5)) = \(Self.quoted(value))\n"
    }
    for (name, value) in lender.settings.all(matching: "^filter\\.") {
      guard let first = name.firstIndex(of: "."), let last = name.lastIndex(of: "."), first < last
      else { continue }
      let driver = name[name.index(after: first)..<last]
      text += "[filter \(Self.quoted(String(driver)))]\n"
      text += "\t\(name[name.index(after: last)...]) = \(Self.quoted(value))\n"
    }
    if let url = try lender.remoteURL() {
      text += "[remote \"origin\"]\n\turl = \(Self.quoted(url))\n"
      text += "\tfetch = +refs/heads/*:refs/remotes/origin/*\n"
    }
    return Array(text.utf8)
  }

  private static func quoted(_ value: String) -> String {
    var text = "\""
    for character in value.unicodeScalars {
      switch character {
      case "\"", "\\": text += "\\\(character)"
      case "\n": text += "\\n"
      case "\t": text += "\\t"
      default: text.unicodeScalars.append(character)
      }
    }
    return text + "\""
  }
}

extension RepositorySettings {
  /// The last value of each name that a regular expression finds, in the order of the names.
  func all(matching pattern: String) -> [(name: String, value: String)] {
    final class Found { var values: [String: String] = [:] }
    guard let snapshot else { return [] }
    let found = Found()
    _ = git_config_foreach_match(
      snapshot, pattern,
      { entry, payload in
        guard let entry, let payload, let name = entry.pointee.name else { return 0 }
        let found = Unmanaged<Found>.fromOpaque(payload).takeUnretainedValue()
        // A name alone means true.
        found.values[String(cString: name)] =
          entry.pointee.value.map { String(cString: $0) } ?? "true"
        return 0
      }, Unmanaged.passUnretained(found).toOpaque())
    return found.values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
