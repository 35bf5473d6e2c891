import Formats
import Platform
import Records

extension BundleManifest {
  /// Reads what ``json`` wrote, whoever says that it did.
  ///
  /// - Throws: ``ParseFailure``.
  init(_ json: JSONValue) throws(ParseFailure) {
    guard json["format"]?.string == Self.format, let version = json["version"]?.int else {
      throw ParseFailure(
        "it is no archive of a run", hint: "`reprise export RUN -o run.zip` makes one")
    }
    guard version == Self.version else {
      throw ParseFailure(
        "it is an archive of version \(version), and this program reads version \(Self.version)",
        hint: "use the version of reprise that made it, or a newer one")
    }
    guard let run = json["run_id"]?.string.flatMap(RunID.init) else { throw Self.damaged("run_id") }
    self.init(run: run)
    members = try Self.all(json, "members") { value in
      guard let path = value["path"]?.string, let digest = value["sha256"]?.string,
        FolderList.isDigest(digest), let size = value["size"]?.int, size >= 0
      else { return nil }
      return Member(path: path, digest: digest, size: size)
    }
    code = try Self.all(json, "code") { value in
      guard let member = value["bundle"]?.string, let commit = value["commit"]?.string,
        Self.isCommit(commit), let folder = value["folder"]?.string
      else { return nil }
      let boundary = (value["boundary"]?.array ?? []).compactMap(\.string)
      return Code(member: member, commit: commit, folder: folder, boundary: boundary)
    }
    contents = try Self.all(json, "contents") { value in
      guard let role = value["role"]?.string.flatMap(RecordedFile.Role.init(rawValue:)),
        let path = value["path"]?.string, let digest = value["sha256"]?.string,
        FolderList.isDigest(digest),
        let holder = value["held_by"]?.string.flatMap(Holder.init(rawValue:))
      else { return nil }
      return Content(role: role, path: path, digest: digest, holder: holder)
    }
    if let name = json["remote"]?["name"]?.string, let url = json["remote"]?["url"]?.string {
      // They become lines of a file of settings.
      guard !(name + url).unicodeScalars.contains(where: { $0.value < 32 || $0 == "\"" }) else {
        throw Self.damaged("remote")
      }
      remote = Remote(name: name, url: url)
    }
    missing = (json["missing"]?.array ?? []).compactMap(\.string)
  }

  private static func all<Value>(
    _ json: JSONValue, _ key: String, _ read: (JSONValue) -> Value?
  ) throws(ParseFailure) -> [Value] {
    try BundleList.read(json, key, of: BundleLayout.manifest, read)
  }

  private static func damaged(_ key: String) -> ParseFailure {
    BundleList.damaged(key, in: BundleLayout.manifest)
  }

  /// 40 digits, lower case.
  static func isCommit(_ text: String) -> Bool {
    text.utf8.count == 40
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
