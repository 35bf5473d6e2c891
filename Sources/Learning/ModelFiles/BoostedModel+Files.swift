import Formats
import Platform
import SystemPackage

extension BoostedModel {
  /// Reads a model file of XGBoost, of LightGBM or of ONNX, whatever its name is, believing nothing.
  ///
  /// - Throws: ``Failure`` with code `.parse` for text or bytes that are not their format's,
  ///   `.unsupported` for models that are of another kind, `.corrupt` for parts that do not fit
  ///   together.
  package init(reading path: FilePath) throws {
    try self.init(FileSystem.read(path), from: path)
  }

  /// Takes a model out of the bytes of a file.
  init(_ bytes: [UInt8], from path: FilePath) throws {
    do {
      self = try BoostedModel(parsing: bytes)
    } catch let failure as ParseFailure {
      throw failure.failure(in: path.string)
    } catch let failure as Failure {
      throw Failure(
        failure.code, "`\(path)` is no model that can be used: \(failure.message)",
        hint: failure.hint, at: SourceLocation(file: path.string))
    }
  }

  /// Reads the bytes of a model file.
  ///
  /// - Throws: ``ParseFailure`` with the place, or ``Failure``.
  package init(parsing bytes: [UInt8]) throws {
    guard let format = ModelFormat(detecting: bytes) else {
      throw Failure(
        .unsupported, "it begins neither as XGBoost's files do nor as LightGBM's or ONNX's",
        hint: "save models with `save_model`, as .json, .ubj, .txt or .onnx")
    }
    switch format {
    case .xgboostJSON:
      let json = try JSONValue(parsing: bytes, allowsNonFinite: true)
      self = try XGBoostReader(UBJSONValue(json)).model()
    case .xgboostUBJSON:
      self = try XGBoostReader(UBJSONValue(parsing: bytes)).model()
    case .lightgbmText:
      self = try LightGBMReader(bytes).model()
    case .onnx: self = try ONNXFile.boosted(bytes)
    case .safetensors: throw Self.noTrees
    }
  }

  /// Writes the model as a file that its library loads, whole or not at all.
  ///
  /// - Parameter format: nil takes what the file's name asks for.
  /// - Throws: ``Failure`` for models that the format cannot hold.
  package func write(to path: FilePath, as format: ModelFormat? = nil) throws {
    try FileSystem.write(encoded(as: format ?? ModelFormat(named: path)), to: path)
  }

  /// The bytes of a model file; of the other library's format after a conversion.
  package func encoded(as format: ModelFormat) throws -> [UInt8] {
    let model = try format.flavour.map(converted) ?? self
    return switch format {
    case .xgboostJSON: Array(try XGBoostWriter(model).document().json.text().utf8)
    case .xgboostUBJSON: try XGBoostWriter(model).document().encoded
    case .lightgbmText: try LightGBMWriter(model).text()
    case .onnx: try model.onnx()
    case .safetensors: throw Self.noTrees
    }
  }

  private static var noTrees: Failure {
    Failure(
      .unsupported, "trees are not kept in safetensors files",
      hint: "end the name in .json or .ubj for XGBoost, in .txt for LightGBM, in .onnx for ONNX")
  }
}
