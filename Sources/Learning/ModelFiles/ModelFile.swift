import Formats
import Platform
import SystemPackage

/// Model files of every format that can be read.
package enum ModelFile {
  /// Reads a model: a file, or a folder of MLflow's.
  ///
  /// - Throws: ``Failure`` with code `.parse` for what is no JSON, `.unsupported` for a newer
  ///   version or an unknown kind, `.corrupt` for a file whose parts do not fit together.
  package static func read(_ path: FilePath) throws -> any Model {
    if MLflowModelFolder.isOne(path) { return try read(MLflowModelFolder.file(in: path)) }
    // The trees of a forest take some 250 MB when a million rows are learnt.
    let bytes = try FileSystem.read(path, limit: 1 << 31)
    let head = bytes.prefix(4096)
    switch ModelFormat(detecting: Array(head)) {
    case .xgboostUBJSON, .lightgbmText:
      return BoostedTableModel(try BoostedModel(bytes, from: path))
    case .xgboostJSON where isOfXGBoost(head):
      return BoostedTableModel(try BoostedModel(bytes, from: path))
    case .onnx: return try onnx(bytes, path)
    case .safetensors: return try network(bytes, path)
    case .xgboostJSON, nil:
      return try ModelDecoder.read(bytes, from: path) { decoder in
        decoder.root["kind"]?.string == ForestModel.kind
          ? try ForestModel(decoder.root, from: path) : try decoder.model()
      }
    }
  }

  private static func onnx(_ bytes: [UInt8], _ path: FilePath) throws -> any Model {
    do {
      return try ONNXFile.model(bytes)
    } catch let failure as ParseFailure {
      throw failure.failure(in: path.string)
    } catch let failure as Failure {
      throw Failure(
        failure.code, "`\(path)` is no model that can be used: \(failure.message)",
        hint: failure.hint, at: SourceLocation(file: path.string))
    }
  }

  private static func network(_ bytes: [UInt8], _ path: FilePath) throws -> any Model {
    do {
      return try NetworkModel(safetensors: bytes)
    } catch let failure as ParseFailure {
      throw failure.failure(in: path.string)
    } catch let failure as Failure {
      throw Failure(
        failure.code, "`\(path)` is no model that can be used: \(failure.message)",
        hint: failure.hint, at: SourceLocation(file: path.string))
    }
  }

  /// Whether the first key of an object is one of XGBoost's two.
  private static func isOfXGBoost(_ head: ArraySlice<UInt8>) -> Bool {
    let text = String(decoding: head, as: UTF8.self)
    let key = text.drop { $0 != "\"" }.dropFirst().prefix { $0 != "\"" }
    return key == "learner" || key == "version"
  }
}
