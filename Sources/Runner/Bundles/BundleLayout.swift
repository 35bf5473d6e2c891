/// Where what stands in the archive of a run.
enum BundleLayout {
  static let manifest = "reprise.json"
  static let readme = "README.md"
  static let crate = "ro-crate-metadata.json"
  static let run = "record/run.json"
  static let metrics = "record/metrics.jsonl"
  static let artifacts = "artifacts/"
  static let code = "code/"
  static let objects = "objects/"

  /// The bundle of the commit itself, and then those of submodules in their order.
  static func bundle(_ index: Int) -> String {
    index == 0 ? code + "repository.bundle" : code + "submodule-\(index).bundle"
  }

  /// Where the content of a SHA-256 stands.
  static func object(_ digest: String) -> String {
    objects + digest.prefix(2) + "/" + digest.dropFirst(2)
  }

  /// The digest that such a name is of; nil when it is none.
  static func digest(ofObject name: String) -> String? {
    let text = name.dropFirst(objects.count).split(separator: "/").joined()
    return FolderList.isDigest(text) && object(text) == name ? text : nil
  }

  /// Whether a member may have a name.
  static func knows(_ name: String) -> Bool {
    if [readme, crate, run, metrics].contains(name) { return true }
    if name.hasPrefix(objects) { return digest(ofObject: name) != nil }
    if name.hasPrefix(code) { return name.hasSuffix(".bundle") }
    return name.hasPrefix(artifacts)
  }
}
