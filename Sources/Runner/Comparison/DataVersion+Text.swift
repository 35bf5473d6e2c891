import Records

extension DataVersion {
  /// The path, and the role when it is not the usual one.
  var shownPath: String { role == .input ? path : "\(path) (written)" }

  /// The version for a person: its content, and where it stands in the history.
  package var text: String {
    var text = "\(digest.prefix(12))\(digest.hasSuffix(".dir") ? ".dir" : "")"
    switch (isModified, commit) {
    case (false, let commit?): text += " of \(commit.prefix(8))"
    case (false, nil): text += ", pointer not committed"
    case (true, let commit?): text += ", modified since \(commit.prefix(8))"
    case (true, nil): text += ", modified"
    }
    return text
  }
}
