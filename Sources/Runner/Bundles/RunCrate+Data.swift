import Formats
import Records

extension RunCrate {
  /// Something that was read or written.
  struct Use {
    var id: String
    /// Nil for one that is a file of the archive, which is described with the others.
    var entity: JSONValue?
  }

  func uses(_ role: RecordedFile.Role) -> [Use] {
    let files = role == .input ? record.run.inputs : record.run.outputs
    return files.enumerated().compactMap { index, file in
      guard let digest = file.digest else { return nil }
      let holder = contents.manifest.contents.first { $0.role == role && $0.path == file.path }
      let object = BundleLayout.object(digest)
      if holder?.holder == .objects, file.kind == .file { return Use(id: object) }
      let id = "#\(role.rawValue)-\(index + 1)"
      var members: [(String, JSONValue)] = [
        ("name", .string(file.path)), ("sha256", .string(digest)),
      ]
      if holder?.holder == .objects, let list = contents.folders[digest] {
        var seen: Set<String> = []
        let parts = list.members.map(\.digest).filter { seen.insert($0).inserted }
        members.append(
          ("hasPart", one(parts.map { reference(BundleLayout.object($0)) })))
        return Use(id: id, entity: entity(id, "Collection", members))
      }
      return Use(id: id, entity: entity(id, "CreativeWork", members))
    }
  }

  func file(_ member: ZipWriter.Member) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name(of: member))), ("description", .string(description(of: member))),
      ("contentSize", .string("\(member.size)")),
      ("sha256", .string(member.digest)),
    ]
    let last = member.name.split(separator: "/").last ?? ""
    let form =
      switch last.split(separator: ".").last {
      case "json": "application/json"
      case "jsonl": "application/jsonl"
      case "md": "text/markdown"
      case "txt", "patch": "text/plain"
      case "csv": "text/csv"
      case "png": "image/png"
      case "svg": "image/svg+xml"
      default: "application/octet-stream"
      }
    members.append(("encodingFormat", .string(form)))
    guard member.name == BundleLayout.bundle(0) else {
      return entity(ID.path(member.name), "File", members)
    }
    let run = record.run
    if let commit = run.tag("mlflow.source.git.commit") {
      members.append(("version", .string(commit)))
    }
    if let url = run.tag("mlflow.source.git.repoURL"), url.hasPrefix("http") {
      members.append(("codeRepository", .string(url)))
    }
    return .object(
      [.init("@id", .string(member.name)), .init("@type", ["File", "SoftwareSourceCode"])]
        + members.map { .init($0.0, $0.1) })
  }

  /// Objects are called as the project calls them.
  private func name(of member: ZipWriter.Member) -> String {
    guard member.name.hasPrefix(BundleLayout.objects) else { return member.name }
    let files = record.run.inputs + record.run.outputs
    return files.first { $0.digest == member.digest }?.path ?? member.name
  }

  private func description(of member: ZipWriter.Member) -> String {
    switch member.name {
    case BundleLayout.readme: return "what is in this archive, for a person"
    case BundleLayout.run:
      return "the record of the run: parameters, tags, inputs, outputs, environment"
    case BundleLayout.metrics: return "every point of the run's metrics"
    case let name where name.hasPrefix(BundleLayout.code):
      return "a git bundle with the code of the run"
    case let name where name.hasPrefix(BundleLayout.objects):
      return "a content that the run read or wrote, or the list of a folder's"
    default: return "what the run logged or printed, or its code that was not committed"
    }
  }
}
