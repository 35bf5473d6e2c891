import Platform

/// The objective line of a LightGBM file, such as `binary sigmoid:1`, and what it means for
/// predictions.
struct LightGBMObjective {
  let name: String
  private let words: [Substring]

  init(_ text: String) {
    let words = text.split(separator: " ")
    name = words.first.map(String.init) ?? ""
    self.words = Array(words.dropFirst())
  }

  private var sigmoid: Double {
    let word = words.first { $0.hasPrefix("sigmoid:") }
    return word.flatMap { Double($0.dropFirst(8)) } ?? 1
  }

  /// How margins become predictions.
  ///
  /// - Throws: ``Failure`` with code `.unsupported` for objectives that are not known.
  var transform: OutputTransform {
    get throws {
      switch name {
      case "binary": return .logistic(scale: try checked(sigmoid))
      case "multiclass": return .softmax
      case "multiclassova": return .logisticEach(scale: try checked(sigmoid))
      case "cross_entropy": return .logistic(scale: 1)
      case "poisson", "gamma", "tweedie": return .exponential
      case "regression": return words.contains("sqrt") ? .signedSquare : .identity
      case "", "custom", "none", "regression_l1", "huber", "fair", "quantile", "mape",
        "lambdarank", "rank_xendcg":
        return .identity
      default:
        throw Failure(
          .unsupported, "the objective is `\(name)`, whose predictions are not known",
          hint: "known are regression*, binary, multiclass, multiclassova, poisson, lambdarank")
      }
    }
  }

  private func checked(_ scale: Double) throws -> Double {
    guard scale > 0, scale.isFinite else {
      throw Failure(.corrupt, "the objective's `sigmoid` is \(scale)")
    }
    return scale
  }
}
