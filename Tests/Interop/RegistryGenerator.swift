import Formats
import Support

/// Makes changes of the registry, most of them good, from few names, so that they meet.
struct RegistryGenerator {
  var random: SeededRandom
  private var time: Int64 = 0

  init(seed: UInt64) { random = SeededRandom(seed: seed) }

  static let models = ["alpha", "beta", "gamma model", "데이터", "a.b", "prompt", "x-ray", "Alpha"]
  static let badModels = [" ", "a/b", "a:b", ".", "..", "..x", "nobody", "\u{a0}", "é/"]
  static let keys = ["team", "mlflow.note", "a b", "val/x", "k"]
  static let badKeys = ["../x", "a//b", "/a", "a/", ".", "a;b", "né#", "x\ty", "a/./b"]
  static let values = ["one", "Two", "", "데이터", "a%b", "true", "false", "it's", "x\ny"]
  static let aliases = ["champion", "Challenger", "a-b_c", "데", "v", "latest1"]
  static let badAliases = ["latest", "LaTest", "v1", "V23", "a b", "a.b", "a/b", "@x"]
  static let versions = ["1", "2", "3", "4"]
  static let badVersions = [
    "0", "-1", "99", "x", "1.0", " 1 ", "+2", "1_0", "١", "", "1e2", "__", "9_",
  ]
  static let stages = ["None", "Staging", "production", "ARCHIVED"]

  mutating func pick<T>(_ values: [T]) -> T {
    values[Int.random(in: values.indices, using: &random)]
  }

  /// Milliseconds; never the same again.
  mutating func nextTime() -> Int64 {
    time += 1
    return time
  }

  mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &random) == 0 }

  mutating func model() -> String { chance(12) ? pick(Self.badModels) : pick(Self.models) }
  mutating func version() -> String { chance(8) ? pick(Self.badVersions) : pick(Self.versions) }
  mutating func key() -> String { chance(10) ? pick(Self.badKeys) : pick(Self.keys) }
  mutating func alias() -> String { chance(6) ? pick(Self.badAliases) : pick(Self.aliases) }

  private mutating func tag() -> JSONValue {
    ["key": .string(key()), "value": .string(pick(Self.values))]
  }

  mutating func tags() -> JSONValue {
    .array((0..<Int.random(in: 0...3, using: &random)).map { _ in tag() })
  }

  mutating func change() -> RegistryStep {
    switch Int.random(in: 0..<24, using: &random) {
    case 0...2: return createModel()
    case 3...8: return createVersion()
    case 9:
      return .post(
        "registered-models/rename", ["name": .string(model()), "new_name": .string(model())])
    case 10: return patch("registered-models/update", ["name": .string(model())])
    case 11: return versionPatch()
    case 12, 13: return transition()
    case 14, 15: return setAlias()
    case 16: return deleteAlias()
    case 17, 18: return setTag()
    case 19: return deleteTag()
    case 20: return delete()
    default: return look()
    }
  }

  private mutating func createModel() -> RegistryStep {
    var body: [JSONValue.Member] = [.init("name", .string(model()))]
    if chance(2) { body.append(.init("tags", tags())) }
    if chance(3) { body.append(.init("description", .string(pick(Self.values)))) }
    return .post("registered-models/create", .object(body))
  }

  private mutating func patch(_ path: String, _ body: JSONValue) -> RegistryStep {
    var members = body.members ?? []
    if !chance(4) { members.append(.init("description", .string(pick(Self.values)))) }
    return RegistryStep(method: "PATCH", path: path, body: .object(members))
  }

  private mutating func versionPatch() -> RegistryStep {
    patch(
      "model-versions/update", ["name": .string(model()), "version": .string(version())])
  }

  private mutating func transition() -> RegistryStep {
    .post(
      "model-versions/transition-stage",
      [
        "name": .string(model()), "version": .string(version()),
        "stage": .string(chance(8) ? "Somewhere" : pick(Self.stages)),
        "archive_existing_versions": .bool(chance(2)),
      ])
  }

  private mutating func setAlias() -> RegistryStep {
    .post(
      "registered-models/alias",
      ["name": .string(model()), "alias": .string(alias()), "version": .string(version())])
  }

  private mutating func deleteAlias() -> RegistryStep {
    RegistryStep(
      method: "DELETE", path: "registered-models/alias",
      body: ["name": .string(model()), "alias": .string(alias())])
  }

  private mutating func setTag() -> RegistryStep {
    var body: [JSONValue.Member] = [.init("name", .string(model())), .init("key", .string(key()))]
    if !chance(8) { body.append(.init("value", .string(pick(Self.values)))) }
    if chance(2) { return .post("registered-models/set-tag", .object(body)) }
    return .post(
      "model-versions/set-tag", .object(body + [.init("version", .string(version()))]))
  }

  private mutating func deleteTag() -> RegistryStep {
    let ofModel = chance(2)
    var body: [JSONValue.Member] = [.init("name", .string(model())), .init("key", .string(key()))]
    if !ofModel { body.append(.init("version", .string(version()))) }
    return RegistryStep(
      method: "DELETE",
      path: ofModel ? "registered-models/delete-tag" : "model-versions/delete-tag",
      body: .object(body))
  }

  private mutating func delete() -> RegistryStep {
    if chance(4) {
      return RegistryStep(
        method: "DELETE", path: "registered-models/delete", body: ["name": .string(model())])
    }
    return RegistryStep(
      method: "DELETE", path: "model-versions/delete",
      body: ["name": .string(model()), "version": .string(version())])
  }

  private mutating func look() -> RegistryStep {
    switch Int.random(in: 0..<5, using: &random) {
    case 0: return .get("registered-models/get", [("name", model())])
    case 1: return .get("model-versions/get", [("name", model()), ("version", version())])
    case 2: return .get("registered-models/alias", [("name", model()), ("alias", alias())])
    case 3:
      return .get(
        "model-versions/get-download-uri", [("name", model()), ("version", version())])
    default:
      let stages = chance(2) ? [] : [chance(6) ? "Nowhere" : pick(Self.stages)]
      return .post(
        "registered-models/get-latest-versions",
        ["name": .string(model()), "stages": .array(stages.map { .string($0) })])
    }
  }
}
