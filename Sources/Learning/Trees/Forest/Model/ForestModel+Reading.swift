import Formats
import Platform
import SystemPackage

extension ForestModel {
  /// Takes a model out of the JSON of a file, believing nothing.
  ///
  /// - Throws: ``Failure`` with code `.corrupt` for parts that do not fit together, `.unsupported` for
  ///   another version.
  package init(_ json: JSONValue, from path: FilePath) throws {
    do {
      self = try ForestDecoder(root: json).model()
    } catch {
      throw Failure(
        error.code, "`\(path)` is no model that can be used: \(error.message)", hint: error.hint)
    }
  }
}

/// Checks each part of a model's JSON against the others.
private struct ForestDecoder {
  let root: JSONValue

  struct Problem: Error {
    var code: Failure.Code = .corrupt
    var message: String
    var hint: String?
  }

  func model() throws(Problem) -> ForestModel {
    let format = try string(root, "format")
    guard format == LogisticModel.format else {
      throw Problem(
        code: .unsupported, message: "its format is `\(format)`",
        hint: "this version reads `\(LogisticModel.format)`")
    }
    let target = try string(root, "target")
    let classes = try strings(root, "classes")
    guard classes.count != 1, classes.count <= 10_000 else {
      throw Problem(message: "it has \(counted(classes.count, "class"))")
    }
    var features: [ModelFeature] = []
    var importances: [Double] = []
    for json in try array(root, "features") {
      features.append(try feature(json))
      guard let importance = json["importance"]?.number, importance >= 0, importance <= 1.000001
      else { throw Problem(message: "`importance` of a feature is no share") }
      importances.append(importance)
    }
    guard !features.isEmpty, features.count < ForestTree.Node.mostFeatures else {
      throw Problem(message: "it has no features")
    }
    try requireUnique(features.map(\.name), "features")
    guard !features.contains(where: { $0.name == target }) else {
      throw Problem(message: "its target is one of its features")
    }
    var trees: [ForestTree] = []
    for (index, json) in try array(root, "trees").enumerated() {
      guard let bytes = json.string.flatMap(Base64.decode) else {
        throw Problem(message: "tree \(index) is no text in Base64")
      }
      var reader = ForestTreeReader(bytes, features: features, classCount: classes.count)
      do { trees.append(try reader.tree()) } catch {
        throw Problem(message: "tree \(index) \(error.message)")
      }
    }
    guard !trees.isEmpty else { throw Problem(message: "it has no trees") }
    return ForestModel(
      target: target, classes: classes,
      forest: Forest(
        features: features, classCount: classes.count, trees: trees, importances: importances),
      training: root["training"] ?? .object([]))
  }

  private func feature(_ json: JSONValue) throws(Problem) -> ModelFeature {
    let name = try string(json, "name")
    guard let kind = ModelFeature.Kind(rawValue: try string(json, "kind")) else {
      throw Problem(message: "the kind of `\(name)` is unknown")
    }
    guard kind == .categorical else { return ModelFeature(name: name, kind: kind) }
    let categories = try strings(json, "categories")
    guard categories.count <= RankedMatrix.mostRanks else {
      throw Problem(message: "`\(name)` has too many categories")
    }
    return ModelFeature(name: name, kind: kind, categories: categories)
  }

  private func string(_ json: JSONValue, _ key: String) throws(Problem) -> String {
    guard let text = json[key]?.string else { throw Problem(message: "`\(key)` is no text") }
    return text
  }

  private func array(_ json: JSONValue, _ key: String) throws(Problem) -> [JSONValue] {
    guard let values = json[key]?.array else { throw Problem(message: "`\(key)` is no list") }
    return values
  }

  private func strings(_ json: JSONValue, _ key: String) throws(Problem) -> [String] {
    var texts: [String] = []
    for value in try array(json, key) {
      guard let text = value.string else { throw Problem(message: "`\(key)` holds more than text") }
      texts.append(text)
    }
    try requireUnique(texts, key)
    return texts
  }

  private func requireUnique(_ texts: [String], _ key: String) throws(Problem) {
    // Compared as bytes: two spellings of one letter are two texts, as they are in a table.
    guard Set(texts.map { Array($0.utf8) }).count == texts.count else {
      throw Problem(message: "`\(key)` names something twice")
    }
  }
}
