import Formats
import Platform
import SystemPackage

/// Takes a model of ours, `reprise.model/1`, out of JSON, believing nothing and checking each part
/// against the others.
struct ModelDecoder {
  let root: JSONValue

  struct Problem: Error {
    var code: Failure.Code = .corrupt
    var message: String
    var hint: String?
  }

  /// - Parameter decode: makes the model; may throw a ``Problem``.
  /// - Throws: ``Failure`` with the file's path.
  static func read<Model>(
    _ path: FilePath, _ decode: (ModelDecoder) throws -> Model
  ) throws -> Model {
    try read(FileSystem.read(path, limit: 1 << 28), from: path, decode)
  }

  /// The same for bytes that were read already.
  static func read<Model>(
    _ bytes: [UInt8], from path: FilePath, _ decode: (ModelDecoder) throws -> Model
  ) throws -> Model {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw error.failure(in: path.string)
    }
    do {
      return try decode(ModelDecoder(root: json))
    } catch let problem as Problem {
      throw Failure(
        problem.code, "`\(path)` is no model that can be used: \(problem.message)",
        hint: problem.hint)
    }
  }

  /// A model of any kind.
  func model() throws -> any Model {
    switch try kind() {
    case LinearModel.kind: try linear()
    default: try logistic()
    }
  }

  /// - Throws: ``Problem`` unless the file says that it is of this format and of a kind that is known.
  func kind() throws -> String {
    try checkFormat()
    let kind = try string(root, "kind")
    let known = [LinearModel.kind, "logistic", ForestModel.kind]
    guard known.contains(kind) else {
      throw Problem(
        code: .unsupported, message: "its kind is `\(kind)`",
        hint: "this version knows: \(known.joined(separator: ", "))")
    }
    return kind
  }

  /// The features, and the target, which is none of them.
  func columns() throws -> (encoder: FeatureEncoder, target: String) {
    let features = try array(root, "features").map(feature)
    guard !features.isEmpty else { throw Problem(message: "it has no features") }
    try requireUnique(features.map(\.name), "features")
    let target = try string(root, "target")
    guard !features.contains(where: { $0.name == target }) else {
      throw Problem(message: "its target is one of its features")
    }
    return (FeatureEncoder(features), target)
  }

  private func checkFormat() throws {
    guard let format = root["format"]?.string, format.hasPrefix("reprise.model/") else {
      throw Problem(
        code: .unsupported, message: "it does not say `\"format\": \"reprise.model/1\"`")
    }
    guard format == LogisticModel.format else {
      throw Problem(
        code: .unsupported, message: "its format is `\(format)`", hint: "use a newer reprise")
    }
  }

  private func feature(_ json: JSONValue) throws -> Feature {
    let name = try string(json, "name")
    switch try string(json, "encoding") {
    case "standardized":
      let (mean, scale) = (try number(json, "mean"), try number(json, "scale"))
      guard scale > 0 else { throw Problem(message: "the scale of `\(name)` is not above 0") }
      return Feature(name, .standardized(mean: mean, scale: scale))
    case "one-hot":
      let categories = try strings(json, "categories")
      guard let missing = json["missing"]?.bool else {
        throw Problem(message: "`missing` of `\(name)` is no truth value")
      }
      guard !categories.isEmpty || missing else {
        throw Problem(message: "`\(name)` has no categories")
      }
      return Feature(name, .oneHot(categories: categories, missing: missing))
    case let other:
      throw Problem(code: .unsupported, message: "`\(name)` is encoded as `\(other)`")
    }
  }

  func string(_ json: JSONValue, _ key: String) throws -> String {
    guard let text = json[key]?.string else { throw Problem(message: "`\(key)` is no text") }
    return text
  }

  func array(_ json: JSONValue, _ key: String) throws -> [JSONValue] {
    guard let values = json[key]?.array else { throw Problem(message: "`\(key)` is no list") }
    return values
  }

  func strings(_ json: JSONValue, _ key: String) throws -> [String] {
    let texts = try array(json, key).map { value in
      guard let text = value.string else { throw Problem(message: "`\(key)` holds more than text") }
      return text
    }
    try requireUnique(texts, key)
    return texts
  }

  func requireUnique(_ texts: [String], _ key: String) throws {
    // Compared as bytes: two spellings of one letter are two texts, as they are in a table.
    let distinct = Set(texts.map { Array($0.utf8) })
    guard distinct.count == texts.count else {
      throw Problem(message: "`\(key)` names something twice")
    }
  }

  func number(_ json: JSONValue, _ key: String) throws -> Double {
    guard let value = json[key]?.number, value.isFinite else {
      throw Problem(message: "`\(key)` is no finite number")
    }
    return value
  }

  func numbers(_ json: JSONValue?, _ key: String) throws -> [Double] {
    guard let values = json?.array else { throw Problem(message: "`\(key)` holds no list") }
    return try values.map { value in
      guard let number = value.number, number.isFinite else {
        throw Problem(message: "`\(key)` holds something that is no finite number")
      }
      return number
    }
  }
}
