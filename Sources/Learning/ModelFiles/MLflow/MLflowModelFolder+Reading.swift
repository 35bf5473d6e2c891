import Formats
import Platform
import SystemPackage

extension MLflowModelFolder {
  /// Whether a path is a folder of MLflow's for a model.
  package static func isOne(_ path: FilePath) -> Bool {
    FileSystem.isFile(path.appending("MLmodel"))
  }

  /// The file of a folder's model that can be read here.
  ///
  /// Trees are read from their library's file where there is one: ONNX keeps less of them.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for models that only Python can read, `.corrupt`
  ///   for a file outside of the folder, `.notFound` for one that is not there.
  package static func file(in folder: FilePath) throws -> FilePath {
    let path = folder.appending("MLmodel")
    let bytes = try FileSystem.read(path, limit: 1 << 24)
    let flavors: [YAMLValue.Entry]
    do {
      flavors = try YAMLValue(parsing: bytes)["flavors"]?.entries ?? []
    } catch {
      throw error.failure(in: path.string)
    }
    for flavor in [Flavor.xgboost, .lightgbm, .onnx] {
      let entry = flavors.first { $0.key.string == flavor.rawValue }
      guard let entry else { continue }
      guard let name = entry.value["data"]?.string else {
        throw Failure(
          .corrupt, "its flavour `\(flavor.rawValue)` names no file in `data`",
          at: SourceLocation(file: path.string))
      }
      try requireOwnFormat(entry.value, name, path)
      return try inside(folder, name, path)
    }
    let names = flavors.compactMap(\.key.string).filter { $0 != "python_function" }
    throw Failure(
      .unsupported,
      names.isEmpty
        ? "`\(path)` names no model that can be read"
        : "the model is of the flavour `\(names.joined(separator: "`, `"))`, which is not read here",
      hint: "models of the flavours xgboost, lightgbm and onnx can be read",
      at: SourceLocation(file: path.string))
  }

  /// Refuses objects of scikit-learn's interface, which are Python's own.
  private static func requireOwnFormat(
    _ flavor: YAMLValue, _ name: String, _ path: FilePath
  ) throws {
    guard let type = flavor["model_class"]?.string, type.contains(".sklearn.") else { return }
    guard [".pkl", ".skops", ".pickle"].contains(where: name.hasSuffix) else { return }
    throw Failure(
      .unsupported, "`\(name)` is an object of Python's (`\(type)`)",
      hint: "log the booster itself, such as `model.booster_` or `model.get_booster()`",
      at: SourceLocation(file: path.string))
  }

  private static func inside(
    _ folder: FilePath, _ name: String, _ description: FilePath
  ) throws -> FilePath {
    let part = FilePath(name)
    guard part.isRelative, !name.isEmpty, !part.components.contains(where: { $0.kind != .regular })
    else {
      throw Failure(
        .corrupt, "its model `\(name)` is outside of the folder",
        at: SourceLocation(file: description.string))
    }
    let file = folder.appending(part.components)
    guard FileSystem.isFile(file) else {
      throw Failure(
        .notFound, "there is no `\(name)` in `\(folder)`, which its MLmodel names",
        at: SourceLocation(file: description.string))
    }
    return file
  }
}
