import Formats
import Records

/// A run as archives of research describe one: RO-Crate 1.2 (https://w3id.org/ro/crate/1.2) with the profile Process Run
/// Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5).
struct RunCrate {
  private let record: BundleRecord
  private let contents: BundleContents
  private let members: [ZipWriter.Member]

  /// - Parameter members: what is in the archive so far.
  init(_ record: BundleRecord, _ contents: BundleContents, _ members: [ZipWriter.Member]) {
    self.record = record
    self.contents = contents
    self.members = members
  }

  private static let version = "https://w3id.org/ro/crate/1.2"
  private static let profile = "https://w3id.org/ro/wfrun/process/0.5"

  var json: JSONValue {
    let inputs = uses(.input)
    let outputs = uses(.output)
    var graph: [JSONValue] = [descriptor, root(inputs + outputs), profile]
    graph += [action(inputs, outputs), instrument, agent]
    graph += parameters.map(\.entity)
    graph += (inputs + outputs).compactMap(\.entity)
    graph += members.map(file)
    return .object([
      .init("@context", .string(Self.version + "/context")), .init("@graph", .array(graph)),
    ])
  }

  private var descriptor: JSONValue {
    entity(
      BundleLayout.crate, "CreativeWork",
      [("conformsTo", reference(Self.version)), ("about", reference("./"))])
  }

  private func root(_ uses: [Use]) -> JSONValue {
    let run = record.run
    let text = "One recorded run, with what playing it again needs: \(run.command ?? run.name)"
    return entity(
      "./", "Dataset",
      [
        ("name", .string(run.name)), ("description", .string(text)),
        ("datePublished", .string(ISOTime.text(run.endTime ?? run.startTime))),
        ("license", .string("No licence was recorded; that of the code is in its repository.")),
        ("conformsTo", reference(Self.profile)),
        ("hasPart", .array(members.map { reference(ID.path($0.name)) })),
        (
          "mentions",
          .array([reference(actionID)] + uses.filter { $0.entity != nil }.map { reference($0.id) })
        ),
      ])
  }

  private var profile: JSONValue {
    entity(
      Self.profile, "CreativeWork",
      [("name", "Process Run Crate"), ("version", "0.5")])
  }

  private var actionID: String { "#run-\(record.run.id.hex)" }

  private func action(_ inputs: [Use], _ outputs: [Use]) -> JSONValue {
    let run = record.run
    var members: [(String, JSONValue)] = [
      ("name", .string(run.name)), ("description", .string(run.command ?? run.name)),
      ("instrument", reference("#entry-point")), ("agent", reference("#agent")),
      ("startTime", .string(ISOTime.text(run.startTime))),
    ]
    if let end = run.endTime { members.append(("endTime", .string(ISOTime.text(end)))) }
    let objects = inputs.map { reference($0.id) } + parameters.map { reference($0.id) }
    members.append(("object", .array(objects)))
    let artifacts = self.members.map(\.name).filter {
      $0.hasPrefix(BundleLayout.artifacts) && !$0.hasPrefix(BundleLayout.artifacts + "code/")
    }
    members.append(
      (
        "result",
        .array(outputs.map { reference($0.id) } + artifacts.map { reference(ID.path($0)) })
      ))
    let isDone = run.status == .finished
    members.append(
      (
        "actionStatus",
        reference(
          "http://schema.org/\(isDone ? "CompletedActionStatus" : "FailedActionStatus")")
      ))
    if !isDone {
      let code = run.exitCode.map { " with exit status \($0)" } ?? ""
      members.append(("error", .string("the run ended as \(run.status.rawValue)\(code)")))
    }
    return entity(actionID, "CreateAction", members)
  }

  private var instrument: JSONValue {
    let run = record.run
    var members: [(String, JSONValue)] = [("name", .string(run.entryPoint ?? "main"))]
    if let command = run.command { members.append(("description", .string(command))) }
    if let commit = run.tag("mlflow.source.git.commit") {
      members.append(("softwareVersion", .string(commit)))
    }
    if let url = run.tag("mlflow.source.git.repoURL"), url.hasPrefix("http") {
      members.append(("url", .string(url)))
    }
    return entity("#entry-point", "SoftwareApplication", members)
  }

  private var agent: JSONValue {
    let user = record.run.user
    return entity("#agent", "Person", [("name", .string(user.isEmpty ? "unknown" : user))])
  }

  private var parameters: [(id: String, entity: JSONValue)] {
    record.run.params.map { param in
      let id = "#param-" + ID.escaped(param.key)
      return (
        id,
        entity(
          id, "PropertyValue", [("name", .string(param.key)), ("value", .string(param.value))])
      )
    }
  }

  // MARK: Data

  /// Something that was read or written.
  private struct Use {
    var id: String
    /// Nil for one that is a file of the archive, which is described with the others.
    var entity: JSONValue?
  }

  private func uses(_ role: RecordedFile.Role) -> [Use] {
    let files = role == .input ? record.run.inputs : record.run.outputs
    return files.enumerated().compactMap { index, file in
      guard let digest = file.digest else { return nil }
      let holder = contents.manifest.contents.first { $0.role == role && $0.path == file.path }
      let object = BundleLayout.object(digest)
      if holder?.holder == .objects, file.kind == .file { return Use(id: object) }
      let id = "#\(role.rawValue)-\(index + 1)"
      var members: [(String, JSONValue)] = [
        ("name", .string(file.path)), ("identifier", .string("sha256:" + digest)),
      ]
      if holder?.holder == .objects, let list = contents.folders[digest] {
        var seen: Set<String> = []
        let parts = list.members.map(\.digest).filter { seen.insert($0).inserted }
        members.append(
          ("hasPart", .array(parts.map { reference(BundleLayout.object($0)) })))
        return Use(id: id, entity: entity(id, "Collection", members))
      }
      return Use(id: id, entity: entity(id, "CreativeWork", members))
    }
  }

  private func file(_ member: ZipWriter.Member) -> JSONValue {
    var members: [(String, JSONValue)] = [
      ("name", .string(name(of: member))), ("contentSize", .string("\(member.size)")),
      ("identifier", .string("sha256:" + member.digest)),
    ]
    let last = member.name.split(separator: "/").last ?? ""
    let form: String? =
      switch last.split(separator: ".").last {
      case "json": "application/json"
      case "jsonl": "application/jsonl"
      case "md": "text/markdown"
      case "txt", "patch": "text/plain"
      case "csv": "text/csv"
      case "png": "image/png"
      case "svg": "image/svg+xml"
      default: nil
      }
    if let form { members.append(("encodingFormat", .string(form))) }
    return entity(ID.path(member.name), "File", members)
  }

  /// Objects are called as the project calls them.
  private func name(of member: ZipWriter.Member) -> String {
    guard member.name.hasPrefix(BundleLayout.objects) else { return member.name }
    let files = record.run.inputs + record.run.outputs
    return files.first { $0.digest == member.digest }?.path ?? member.name
  }

  // MARK: Entities

  private func entity(
    _ id: String, _ type: String, _ members: [(String, JSONValue)]
  ) -> JSONValue {
    .object(
      [.init("@id", .string(id)), .init("@type", .string(type))]
        + members.map { .init($0.0, $0.1) })
  }

  private func reference(_ id: String) -> JSONValue { .object([.init("@id", .string(id))]) }

  /// Paths as the parts of an address (RFC 3986).
  private enum ID {
    static func path(_ name: String) -> String {
      name.split(separator: "/", omittingEmptySubsequences: false).map { escaped(String($0)) }
        .joined(separator: "/")
    }

    static func escaped(_ text: String) -> String {
      let digits = Array("0123456789ABCDEF")
      return text.utf8.reduce(into: "") { result, byte in
        let scalar = Unicode.Scalar(byte)
        let isPlain =
          scalar.isASCII
          && (("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
            || ("0"..."9").contains(scalar) || "-._~".unicodeScalars.contains(scalar))
        if isPlain {
          result.unicodeScalars.append(scalar)
        } else {
          result += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        }
      }
    }
  }
}
