import Formats
import Records

/// A run as archives of research describe one: RO-Crate 1.2 (https://w3id.org/ro/crate/1.2) with the profile Process Run
/// Crate 0.5 (https://w3id.org/ro/wfrun/process/0.5).
struct RunCrate {
  let record: BundleRecord
  let contents: BundleContents
  let members: [ZipWriter.Member]

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
    graph += [action(inputs, outputs), instrument, agent, license]
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
        ("license", reference("#license")), ("author", reference("#agent")),
        ("publisher", reference("#agent")),
        ("conformsTo", reference(Self.profile)),
        ("hasPart", .array(members.map { reference(ID.path($0.name)) })),
        (
          "mentions",
          .array([reference(actionID)] + uses.filter { $0.entity != nil }.map { reference($0.id) })
        ),
      ])
  }

  private var profile: JSONValue {
    .object([
      .init("@id", .string(Self.profile)), .init("@type", ["CreativeWork", "Profile"]),
      .init("name", "Process Run Crate"), .init("version", "0.5"),
    ])
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
        .string("http://schema.org/\(isDone ? "CompletedActionStatus" : "FailedActionStatus")")
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
      members.append(("version", .string(commit)))
    }
    if let url = run.tag("mlflow.source.git.repoURL"), url.hasPrefix("http") {
      members.append(("codeRepository", .string(url)))
    }
    let bundles = self.members.map(\.name).filter { $0.hasPrefix(BundleLayout.code) }
    if !bundles.isEmpty { members.append(("hasPart", .array(bundles.map(reference)))) }
    return entity("#entry-point", "SoftwareSourceCode", members)
  }

  private var license: JSONValue {
    entity(
      "#license", "CreativeWork",
      [
        ("name", "no licence was recorded"),
        ("description", "The record of a run names none; that of the code is in its repository."),
      ])
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

  // MARK: Entities

  func entity(
    _ id: String, _ type: String, _ members: [(String, JSONValue)]
  ) -> JSONValue {
    .object(
      [.init("@id", .string(id)), .init("@type", .string(type))]
        + members.map { .init($0.0, $0.1) })
  }

  func reference(_ id: String) -> JSONValue { .object([.init("@id", .string(id))]) }

  /// Paths as the parts of an address (RFC 3986).
  enum ID {
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
