import Formats
import Records

/// What answers tell of other things than the one that was asked for: a model version names its run, a run the models
/// that it made. Who is denied those is not told.
extension AccessControl {
  /// The members that name something of a kind, wherever they stand.
  private static let naming: [(kind: AccessSubject, members: [String])] = [
    (.runs, ["run_id", "run_link", "source_run_id"]),
    (
      .loggedModels,
      ["model_id", "model_params", "model_metrics", "model_inputs", "model_outputs"]
    ),
  ]

  /// An answer without what its reader is denied.
  func withholding(_ answer: JSONValue, from identity: Identity) throws -> JSONValue {
    guard let store, !identity.isAdmin, let name = identity.user else { return answer }
    let book = try store.book()
    guard let user = book.users[name] else { throw APIError.forbidden }
    func isDenied(_ kind: AccessSubject) -> Bool {
      !book.allows(user, [AccessQuestion(kind, .noDenial)])
    }
    let members = Self.naming.filter { isDenied($0.kind) }.flatMap(\.members)
    let families = RegistryFamily.allCases.filter { isDenied($0.versions) }
    guard !members.isEmpty || !families.isEmpty else { return answer }
    return Self.without(Set(members), versionsOf: families, answer)
  }

  private static func without(
    _ names: Set<String>, versionsOf families: [RegistryFamily], _ json: JSONValue
  ) -> JSONValue {
    switch json {
    case .array(let items): return .array(items.map { without(names, versionsOf: families, $0) })
    case .object(let members):
      let hidesVersions =
        json["latest_versions"] != nil && families.contains(RegistryFamily(of: json))
      return .object(
        members.compactMap { member in
          if names.contains(member.key) || (hidesVersions && member.key == "latest_versions") {
            return nil
          }
          return .init(member.key, without(names, versionsOf: families, member.value))
        })
    default: return json
    }
  }
}
