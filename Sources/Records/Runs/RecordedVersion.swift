import Formats

/// Which version of versioned data a run read or wrote.
///
/// It is kept where MLflow keeps the datasets of a run, so that its clients see it: name and digest are the dataset's, the rest
/// are tags of this use of it (`reprise.input.commit`, …), because one version may be used under many commits.
package struct RecordedVersion: Sendable, Hashable {
  package var role: RecordedFile.Role
  /// From the folder that holds `.dvc`: the data that is versioned, or a part of it.
  package var path: String
  /// MD5 of the content that was there, `.dir` behind that of a folder, as DVC names it.
  package var digest: String
  /// Bytes, of all files.
  package var size: Int64
  package var fileCount: Int64
  /// The `.dvc` file or `dvc.lock` whose data it is, from the same folder.
  package var pointer: String
  /// The content that the pointer names, of which a part may have been read; nil when it names none.
  package var version: String?
  /// The commit that last changed the pointer; nil when the pointer was not committed as it was.
  package var commit: String?
  /// Whether the content was something else than the pointer says; it is then not ``version``.
  package var isModified: Bool
  /// What is not the pointer's may be a version that the pointer named once: that one, and the commit that made it so.
  package var earlierVersion: String?
  package var earlierCommit: String?

  package init(
    role: RecordedFile.Role, path: String, digest: String, size: Int64 = 0, fileCount: Int64 = 1,
    pointer: String, version: String? = nil, commit: String? = nil, isModified: Bool = false,
    earlierVersion: String? = nil, earlierCommit: String? = nil
  ) {
    self.role = role
    self.path = path
    self.digest = digest
    self.size = size
    self.fileCount = fileCount
    self.pointer = pointer
    self.version = version
    self.commit = commit
    self.isModified = isModified
    self.earlierVersion = earlierVersion
    self.earlierCommit = earlierCommit
  }

  /// Whether what was read or written is some version, or belongs to it.
  package func isVersion(_ name: String) -> Bool {
    digest == name || earlierVersion == name || (!isModified && version == name)
  }
}

extension RecordedVersion {
  /// What stands before the names of the tags.
  static func prefix(_ role: RecordedFile.Role) -> String { "reprise.\(role.rawValue)." }

  /// As MLflow has it.
  var dataset: DatasetInput {
    let prefix = RecordedVersion.prefix(role)
    var tags = [
      Tag("mlflow.data.context", role == .input ? "training" : "output"),
      Tag(prefix + "pointer", pointer),
    ]
    if let version { tags.append(Tag(prefix + "version", version)) }
    if let commit { tags.append(Tag(prefix + "commit", commit)) }
    if isModified { tags.append(Tag(prefix + "modified", "true")) }
    if let earlierVersion { tags.append(Tag(prefix + "earlier_version", earlierVersion)) }
    if let earlierCommit { tags.append(Tag(prefix + "earlier_commit", earlierCommit)) }
    let source: JSONValue = ["path": .string(path), "pointer": .string(pointer)]
    let profile: JSONValue = ["files": .int(fileCount), "size": .int(size)]
    return DatasetInput(
      name: path, digest: digest, sourceType: "dvc", source: source.text(),
      profile: profile.text(), tags: tags)
  }

  /// Reads what ``dataset`` wrote; nil when the dataset has no such use.
  init?(_ dataset: DatasetInput, as role: RecordedFile.Role) {
    let tags = Dictionary(dataset.tags.map { ($0.key, $0.value) }) { $1 }
    let prefix = RecordedVersion.prefix(role)
    guard let pointer = tags[prefix + "pointer"] else { return nil }
    let profile = dataset.profile.flatMap { try? JSONValue(parsing: $0) }
    self.init(
      role: role, path: dataset.name, digest: dataset.digest, size: profile?["size"]?.int ?? 0,
      fileCount: profile?["files"]?.int ?? 0, pointer: pointer, version: tags[prefix + "version"],
      commit: tags[prefix + "commit"], isModified: tags[prefix + "modified"] == "true",
      earlierVersion: tags[prefix + "earlier_version"],
      earlierCommit: tags[prefix + "earlier_commit"])
  }
}
