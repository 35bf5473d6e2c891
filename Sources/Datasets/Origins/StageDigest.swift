import Platform

/// The `md5` at the top of an imported pointer: DVC's way to see that the file was edited.
///
/// md5 of Python's `json.dumps(…, sort_keys=True)` of what the file says, without what may change without meaning.
enum StageDigest {
  /// - Parameters:
  ///   - source: as `deps` has it.
  ///   - output: as `outs` has it.
  static func digest(_ source: ImportSource, _ output: PointerOutput) -> MD5Digest {
    var repo: [(String, String)] = []
    if let revision = source.revision { repo.append(("rev", text(revision))) }
    if let commit = source.lockedCommit { repo.append(("rev_lock", text(commit))) }
    if let url = source.repository { repo.append(("url", text(url))) }
    let dependency = object([("path", text(source.path)), ("repo", object(repo))])
    var out: [(String, String)] = []
    if output.object?.family == .md5 { out.append(("hash", text("md5"))) }
    if let object = output.object { out.append(("md5", text(object.text))) }
    out.append(("path", text(output.path)))
    let whole = object([("deps", "[\(dependency)]"), ("outs", "[\(object(out))]")])
    return MD5.digest(of: Array(whole.utf8))
  }

  private static func object(_ members: [(String, String)]) -> String {
    "{" + members.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + "}"
  }

  private static func text(_ value: String) -> String {
    var bytes: [UInt8] = []
    FolderListing.escape(Array(value.utf8)[...], into: &bytes)
    return "\"" + String(decoding: bytes, as: UTF8.self) + "\""
  }
}
