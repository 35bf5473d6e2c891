import Formats
import Platform

/// What the libraries' formats have no place for, as one line of JSON that they carry along.
struct ModelSupplement {
  var classes: [String] = []
  /// Complete columns, where the file's own description says less.
  var features: [ModelFeature]?
  var baseMargins: [Double]?
  var bestRound: Int?
  var bestScore: Double?
  var attributes: [String: String] = [:]
  var objectiveParameters: [String: String] = [:]

  init() {}

  /// Its name among XGBoost's attributes.
  static let attribute = "reprise.model"

  /// Its name in the header of LightGBM's files.
  static let headerKey = "reprise_model"

  /// One line of JSON; nil when there is nothing to say.
  var text: String? {
    var members: [JSONValue.Member] = []
    func add(_ key: String, _ value: JSONValue?) {
      if let value { members.append(.init(key, value)) }
    }
    add("attributes", Self.json(attributes))
    add("base_margins", baseMargins.map { .array($0.map { .double($0) }) })
    add("best_round", bestRound.map { .int(Int64($0)) })
    add("best_score", bestScore.map { .string("\($0)") })
    add("classes", classes.isEmpty ? nil : .array(classes.map { .string($0) }))
    add("features", features.map { .array($0.map(Self.json)) })
    add("objective_parameters", Self.json(objectiveParameters))
    return members.isEmpty ? nil : JSONValue.object(members).text()
  }

  private static func json(_ texts: [String: String]) -> JSONValue? {
    guard !texts.isEmpty else { return nil }
    return .object(texts.sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
  }

  private static func json(_ feature: ModelFeature) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("name", .string(feature.name)), .init("kind", .string(feature.kind.rawValue)),
      .init("missing", .int(Int64(feature.missing.rawValue))),
    ]
    if !feature.categories.isEmpty {
      members.append(.init("categories", .array(feature.categories.map { .string($0) })))
    }
    if let range = feature.range {
      members.append(
        .init(
          "range", .array([.string("\(range.lowerBound)"), .string("\(range.upperBound)")])))
    }
    return .object(members)
  }

  /// - Throws: ``Failure`` with code `.corrupt` for anything that ``text`` does not write.
  init(parsing text: String) throws {
    guard let json = try? JSONValue(parsing: text), json.members != nil else {
      throw Self.corrupt
    }
    func each<T>(_ key: String, _ read: (JSONValue) throws -> T?) throws -> T? {
      guard let value = json[key] else { return nil }
      guard let result = try read(value) else { throw Self.corrupt }
      return result
    }
    attributes = try each("attributes", Self.texts) ?? [:]
    baseMargins = try each("base_margins") { try Self.list($0) { $0.number } }
    bestRound = try each("best_round") { $0.int.flatMap { $0 >= 0 ? Int(exactly: $0) : nil } }
    bestScore = try each("best_score") { $0.string.flatMap(Double.init) }
    classes = try each("classes") { try Self.list($0) { $0.string } } ?? []
    features = try each("features") { try Self.list($0, Self.feature) }
    objectiveParameters = try each("objective_parameters", Self.texts) ?? [:]
    guard baseMargins?.allSatisfy(\.isFinite) ?? true else { throw Self.corrupt }
  }

  private static var corrupt: Failure {
    Failure(
      .corrupt, "its note `\(attribute)` is not as reprise writes it",
      hint: "without the note the file can be read: it holds names only")
  }

  private static func list<T>(_ json: JSONValue, _ read: (JSONValue) throws -> T?) throws -> [T]? {
    try json.array?.map { element in
      guard let value = try read(element) else { throw corrupt }
      return value
    }
  }

  private static func texts(_ json: JSONValue) -> [String: String]? {
    guard let members = json.members else { return nil }
    var texts: [String: String] = [:]
    for member in members {
      guard let text = member.value.string else { return nil }
      texts[member.key] = text
    }
    return texts
  }

  private static func feature(_ json: JSONValue) throws -> ModelFeature? {
    guard let name = json["name"]?.string,
      let kind = json["kind"]?.string.flatMap(ModelFeature.Kind.init),
      let code = json["missing"]?.int.flatMap(UInt8.init(exactly:)),
      let missing = MissingRule(rawValue: code)
    else { return nil }
    var feature = ModelFeature(name: name, kind: kind, missing: missing)
    if let categories = json["categories"] {
      guard let names = try list(categories, { $0.string }) else { return nil }
      feature.categories = names
    }
    if let range = json["range"] {
      guard let ends = try list(range, { $0.string.flatMap(Double.init) }), ends.count == 2,
        ends[0] <= ends[1]
      else { return nil }
      feature.range = ends[0]...ends[1]
    }
    return feature
  }

  /// Adds what it says to a model that was read without it, where both are of the same columns.
  ///
  /// - Parameter writtenName: a column's name as the file's format spells it.
  func apply(to model: inout BoostedModel, writtenName: (String) -> String = { $0 }) {
    if let features, features.map({ writtenName($0.name) }) == model.features.map(\.name) {
      model.features = features
    }
    model.classes = classes
    model.bestRound = bestRound ?? model.bestRound
    model.bestScore = bestScore ?? model.bestScore
    model.attributes.merge(attributes) { $1 }
    model.objectiveParameters.merge(objectiveParameters) { $1 }
  }
}
