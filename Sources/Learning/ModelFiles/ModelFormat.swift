import Formats
import Platform
import SystemPackage

/// The formats of files that models are kept in.
package enum ModelFormat: String, Sendable, Hashable, CaseIterable {
  case xgboostJSON = "xgboost json"
  case xgboostUBJSON = "xgboost ubjson"
  case lightgbmText = "lightgbm text"
  case onnx
  /// Of networks only.
  case safetensors

  /// Those that can hold trees.
  package static let ofTrees = allCases.filter { $0 != .safetensors }

  /// The flavour of the models that it can hold without conversion; nil when it holds all.
  package var flavour: TreeFlavour? {
    switch self {
    case .xgboostJSON, .xgboostUBJSON: .xgboost
    case .lightgbmText: .lightgbm
    case .onnx, .safetensors: nil
    }
  }

  /// What the name of a file asks for.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for other endings than `.json`, `.ubj`, `.txt`,
  ///   `.onnx`, `.safetensors`.
  package init(named path: FilePath) throws {
    switch path.extension?.lowercased() {
    case "json": self = .xgboostJSON
    case "ubj": self = .xgboostUBJSON
    case "txt": self = .lightgbmText
    case "onnx": self = .onnx
    case "safetensors": self = .safetensors
    default:
      throw Failure(
        .unsupported, "`\(path)` does not say which format of model it is",
        hint:
          "end it in .json or .ubj for XGBoost, in .txt for LightGBM, in .onnx for ONNX, in .safetensors for a network's weights"
      )
    }
  }

  /// What the first bytes of a file are, whatever its name is; nil for none of these.
  package init?(detecting bytes: [UInt8]) {
    if ONNXModel.isLikely(bytes) {
      self = .onnx
      return
    }
    // The length of a header of less than 16 MB, and the header, which is JSON.
    if bytes.count > 8, bytes[3...7].allSatisfy({ $0 == 0 }), bytes[8] == UInt8(ascii: "{") {
      self = .safetensors
      return
    }
    var start = bytes[...]
    if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
    start = start.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    if start.starts(with: "tree".utf8) {
      self = .lightgbmText
      return
    }
    guard start.first == UInt8(ascii: "{") else { return nil }
    // The length of a key, or the no-op that may stand before it, against a quote or a space.
    let lengths = "LlIiUN#$".utf8
    self =
      start.dropFirst().first.map { lengths.contains($0) } == true
      ? .xgboostUBJSON : .xgboostJSON
  }
}
