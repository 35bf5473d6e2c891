import Formats
import Learning
import Platform

/// The mean size of each column's shares, the largest first.
struct ShareSummary {
  let explanation: TableExplanation

  private var means: [[Double]] {
    (0..<explanation.outputCount).map { explanation.means(output: $0) }
  }

  func text(for console: Console) -> String {
    let means = means
    var bars = BarTable(value: "MEAN |SHAP|", details: explanation.outputs)
    let sums = explanation.features.indices.map { feature in
      means.reduce(0) { $0 + $1[feature] }
    }
    let order = sums.indices.sorted { sums[$0] == sums[$1] ? $0 < $1 : sums[$0] > sums[$1] }
    for feature in order {
      bars.add(
        explanation.features[feature], sums[feature],
        explanation.outputs.isEmpty ? [] : means.map { shortNumber($0[feature]) })
    }
    return bars.text(for: console)
  }

  var json: JSONValue {
    let means = means
    func object(_ values: [Double]) -> JSONValue {
      .object(zip(explanation.features, values).map { .init($0, .double($1)) })
    }
    let value =
      explanation.outputs.isEmpty
      ? object(means[0])
      : .object(zip(explanation.outputs, means).map { .init($0, object($1)) })
    return .object([
      .init("rows", .int(Int64(explanation.rowCount))), .init("mean_abs_shap", value),
    ])
  }
}
