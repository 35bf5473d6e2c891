import Formats
import Platform

/// The file `MLmodel`, keys in the order in which MLflow writes them.
struct MLflowDescription {
  let parts: [(flavor: MLflowModelFolder.Flavor, file: String)]
  let signature: MLflowSignature
  /// Bytes of the model's files.
  let size: Int
  let uuid: String
  /// Microseconds since 1970.
  let created: Int64
  let run: String?

  var text: String {
    var lines = ["flavors:"]
    let loader = parts[0]
    var blocks = parts.map { ($0.flavor.rawValue, settings($0.flavor, $0.file)) }
    blocks.append(
      (
        "python_function",
        [
          "data: \(loader.file)", "env:", "  conda: conda.yaml", "  virtualenv: python_env.yaml",
          "loader_module: mlflow.\(loader.flavor.rawValue)",
          "python_version: \(MLflowEnvironment.python)",
        ]
      ))
    for (name, settings) in blocks.sorted(by: { $0.0 < $1.0 }) {
      lines.append("  \(name):")
      lines += settings.map { "    " + $0 }
    }
    lines += [
      "is_signature_from_type_hint: false", "mlflow_version: \(MLflowEnvironment.mlflow)",
      "model_id: null", "model_size_bytes: \(size)", "model_uuid: \(uuid)", "prompts: null",
    ]
    if let run { lines.append("run_id: \(run)") }
    lines += [
      "signature:", "  inputs: \(Self.quoted(signature.inputs))",
      "  outputs: \(Self.quoted(signature.outputs))", "  params: null",
      "type_hint_from_example: false", "utc_time_created: '\(Self.time(created))'",
    ]
    return lines.joined(separator: "\n") + "\n"
  }

  private func settings(_ flavor: MLflowModelFolder.Flavor, _ file: String) -> [String] {
    switch flavor {
    case .xgboost:
      [
        "code: null", "data: \(file)", "model_class: xgboost.core.Booster", "model_format: json",
        "xgb_version: \(MLflowEnvironment.xgboost)",
      ]
    case .lightgbm:
      [
        "code: null", "data: \(file)", "lgb_version: \(MLflowEnvironment.lightgbm)",
        "model_class: lightgbm.basic.Booster",
      ]
    case .onnx:
      [
        "code: null", "data: \(file)", "onnx_session_options: null",
        "onnx_version: \(MLflowEnvironment.onnx)", "providers:", "- CPUExecutionProvider",
      ]
    }
  }

  /// JSON as a text of YAML: everything beyond ASCII escaped, so that no reader folds its lines.
  static func quoted(_ json: JSONValue) -> String {
    var text = "'"
    for unit in json.text().utf16 {
      switch unit {
      case 0x27: text += "''"
      case 0x20..<0x7F: text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let digits = String(unit, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return text + "'"
  }

  /// `2026-11-22 05:50:44.540739`.
  static func time(_ microseconds: Int64) -> String {
    let (whole, part) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let (seconds, fraction) = part < 0 ? (whole - 1, part + 1_000_000) : (whole, part)
    let (day, second) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let (days, rest) = second < 0 ? (day - 1, second + 86_400) : (day, second)
    // H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": civil_from_days.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    let date = "\(padded(year, 4))-\(padded(month, 2))-\(padded(dayOfMonth, 2))"
    let time = "\(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))"
    return "\(date) \(time).\(padded(fraction, 6))"
  }

  private static func padded(_ number: Int64, _ width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
