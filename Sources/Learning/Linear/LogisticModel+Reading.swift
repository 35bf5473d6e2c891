import Compute
import Formats
import Platform
import SystemPackage

extension LogisticModel {
  /// Reads a model that ``write(to:)`` wrote, believing nothing.
  package init(reading path: FilePath) throws {
    let bytes = try FileSystem.read(path, limit: 1 << 28)
    let json: JSONValue
    do {
      json = try JSONValue(parsing: bytes)
    } catch {
      throw error.failure(in: path.string)
    }
    do {
      self = try ModelDecoder(json).logistic()
    } catch let problem as ModelDecoder.Problem {
      throw Failure(
        problem.code, "`\(path)` is no model that can be used: \(problem.message)",
        hint: problem.hint)
    }
  }
}

/// Takes a model out of JSON, checking each part against the others.
private struct ModelDecoder {
  let root: JSONValue

  init(_ root: JSONValue) { self.root = root }

  struct Problem: Error {
    var code: Failure.Code = .corrupt
    var message: String
    var hint: String?
  }

  func logistic() throws -> LogisticModel {
    try checkFormat()
    let kind = try string(root, "kind")
    guard kind == "logistic" else {
      throw Problem(
        code: .unsupported, message: "its kind is `\(kind)`",
        hint: "this version knows: logistic, forest")
    }
    let classes = try strings(root, "classes")
    guard classes.count >= 2 else { throw Problem(message: "it has fewer than two classes") }
    let features = try array(root, "features").map(feature)
    guard !features.isEmpty else { throw Problem(message: "it has no features") }
    try requireUnique(features.map(\.name), "features")
    let target = try string(root, "target")
    guard !features.contains(where: { $0.name == target }) else {
      throw Problem(message: "its target is one of its features")
    }
    let encoder = FeatureEncoder(features)
    return LogisticModel(
      target: target, classes: classes, encoder: encoder,
      weights: try weights(rows: classes.count == 2 ? 1 : classes.count, columns: encoder.width),
      training: root["training"] ?? .object([]))
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

  private func weights(rows: Int, columns: Int) throws -> Matrix {
    let coefficients = try array(root, "coefficients")
    let intercepts = try numbers(root["intercepts"], "intercepts")
    guard coefficients.count == rows, intercepts.count == rows else {
      throw Problem(
        message: "it should have \(rows) rows of coefficients and as many intercepts, not "
          + "\(coefficients.count) and \(intercepts.count)")
    }
    var elements: [Double] = []
    for (row, intercept) in zip(coefficients, intercepts) {
      let values = try numbers(row, "coefficients")
      guard values.count == columns else {
        throw Problem(message: "a row of coefficients has \(values.count) numbers, not \(columns)")
      }
      elements += values + [intercept]
    }
    guard let matrix = Matrix(rows: rows, columns: columns + 1, elements: elements) else {
      throw Problem(message: "its coefficients do not fill their shape")
    }
    return matrix
  }

  private func string(_ json: JSONValue, _ key: String) throws -> String {
    guard let text = json[key]?.string else { throw Problem(message: "`\(key)` is no text") }
    return text
  }

  private func array(_ json: JSONValue, _ key: String) throws -> [JSONValue] {
    guard let values = json[key]?.array else { throw Problem(message: "`\(key)` is no list") }
    return values
  }

  private func strings(_ json: JSONValue, _ key: String) throws -> [String] {
    let texts = try array(json, key).map { value in
      guard let text = value.string else { throw Problem(message: "`\(key)` holds more than text") }
      return text
    }
    try requireUnique(texts, key)
    return texts
  }

  private func requireUnique(_ texts: [String], _ key: String) throws {
    // Compared as bytes: two spellings of one letter are two texts, as they are in a table.
    let distinct = Set(texts.map { Array($0.utf8) })
    guard distinct.count == texts.count else {
      throw Problem(message: "`\(key)` names something twice")
    }
  }

  private func number(_ json: JSONValue, _ key: String) throws -> Double {
    guard let value = json[key]?.number, value.isFinite else {
      throw Problem(message: "`\(key)` is no finite number")
    }
    return value
  }

  private func numbers(_ json: JSONValue?, _ key: String) throws -> [Double] {
    guard let values = json?.array else { throw Problem(message: "`\(key)` holds no list") }
    return try values.map { value in
      guard let number = value.number, number.isFinite else {
        throw Problem(message: "`\(key)` holds something that is no finite number")
      }
      return number
    }
  }
}
