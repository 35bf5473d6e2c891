import Records

extension RecordedVersion {
  /// The path, and the role when it is not the usual one.
  var shownPath: String { role == .input ? path : "\(path) (written)" }

  /// The version for a person: its content, and where it stands in the history.
  package var text: String {
    let name = digest.prefix(12) + (digest.hasSuffix(".dir") ? ".dir" : "")
    let short = { (commit: String?) in commit.map { String($0.prefix(8)) } }
    if let earlier = short(earlierCommit) {
      return "\(name), commit \(earlier); the pointer names another"
    }
    switch (isModified, short(commit)) {
    case (false, let commit?): return "\(name), commit \(commit)"
    case (false, nil): return "\(name), pointer not committed"
    case (true, let commit?): return "\(name), modified since \(commit)"
    case (true, nil): return "\(name), modified"
    }
  }
}
