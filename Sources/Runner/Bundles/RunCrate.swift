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
    graph += [action(inputs, outputs), instrument, agent, license].compactMap { $0 }
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
        ("hasPart", one(members.map { reference(ID.path($0.name)) })),
        (
          "mentions",
          one([reference(actionID)] + uses.filter { $0.entity != nil }.map { reference($0.id) })
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
      ("instrument", reference(instrumentID)), ("agent", reference("#agent")),
      ("startTime", .string(ISOTime.text(run.startTime))),
    ]
    if let end = run.endTime { members.append(("endTime", .string(ISOTime.text(end)))) }
    let objects = inputs.map { reference($0.id) } + parameters.map { reference($0.id) }
    members.append(("object", one(objects)))
    let artifacts = self.members.map(\.name).filter {
      $0.hasPrefix(BundleLayout.artifacts) && !$0.hasPrefix(BundleLayout.artifacts + "code/")
    }
    members.append(
      (
        "result",
        one(outputs.map { reference($0.id) } + artifacts.map { reference(ID.path($0)) })
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

  /// The code that ran is a file of the archive; without it, it is known by name only.
  private var instrumentID: String {
    let bundle = BundleLayout.bundle(0)
    return members.contains { $0.name == bundle } ? bundle : "#entry-point"
  }

  /// Nil when it is a file of the archive.
  private var instrument: JSONValue? {
    guard instrumentID.hasPrefix("#") else { return nil }
    return entity(
      instrumentID, "SoftwareApplication",
      [
        ("name", .string(record.run.entryPoint ?? "main")),
        ("description", .string(record.run.command ?? record.run.name)),
        ("version", .string(record.run.tag("mlflow.source.git.commit") ?? "unknown")),
        ("url", .string(BundleLayout.run)),
      ])
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

  /// One value stands alone, as RO-Crate would have it.
  func one(_ values: [JSONValue]) -> JSONValue {
    values.count == 1 ? values[0] : .array(values)
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
