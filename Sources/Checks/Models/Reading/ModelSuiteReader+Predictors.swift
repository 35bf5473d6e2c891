import Formats
import Platform

extension ModelSuiteReader {
  private static let predictors = ["model", "predictions", "command", "http"]

  /// What is tested; exactly one key names it.
  mutating func predictor(_ mapping: SuiteMapping) throws(SuiteProblem) -> PredictorReference? {
    let fields = mapping.fields.filter { Self.predictors.contains($0.key) }
    guard let field = fields.first else {
      throw SuiteProblem(
        "a suite needs `model`, which it tests", at: mapping.offset,
        hint: "add `model: run:latest/model`, `predictions:`, `command:` or `http:`")
    }
    guard fields.count == 1 else {
      throw SuiteProblem(
        "`\(fields[1].key)` beside `\(field.key)`: one suite tests one model", at: fields[1].offset)
    }
    if let node = mapping["format"], field.key != "command" {
      throw SuiteProblem("`format` is of a `command`", at: node.mark.offset)
    }
    var reference = PredictorReference(
      try place(field.key, field.value, format: mapping["format"]),
      at: base.source.location(field.value.mark.offset))
    if let node = mapping["timeout"] {
      guard field.key == "command" || field.key == "http" else {
        throw SuiteProblem("`timeout` is of a `command` or of `http`", at: node.mark.offset)
      }
      reference.timeout = try number(node, .duration, "`timeout`")
      guard reference.timeout > 0, reference.timeout <= 86_400 else {
        throw SuiteProblem("`timeout` is from 1s to 1d", at: node.mark.offset)
      }
    }
    return reference
  }

  /// As a model: a path, a run, or a mapping with one of the keys of predictors.
  mutating func champion(_ node: YAMLNode) throws(SuiteProblem) -> PredictorReference {
    let location = base.source.location(node.mark.offset)
    guard node.pairs != nil else {
      return PredictorReference(try place("model", node, format: nil), at: location)
    }
    let mapping = try base.mapping(node, "`champion`")
    base.refuseUnknown(mapping, known: Self.predictors + ["timeout", "format"], "`champion`")
    guard let found = try predictor(mapping) else {
      throw SuiteProblem("no champion", at: node.mark.offset)
    }
    return found
  }

  /// As predictions: a path, or a mapping that says what its columns hold.
  mutating func served(_ node: YAMLNode) throws(SuiteProblem) -> ServedLog {
    guard node.pairs != nil else {
      return ServedLog(try base.reference(try base.text(node, "`served`")))
    }
    let (table, columns) = try columns(node, "served", ["file", "prediction", "proba"])
    return ServedLog(table, columns)
  }

  private mutating func place(
    _ key: String, _ node: YAMLNode, format: YAMLNode?
  ) throws(SuiteProblem) -> PredictorReference.Place {
    if key == "predictions" { return try predictions(node) }
    let text = try base.text(node, "`\(key)`").trimmed
    switch key {
    case "command":
      var own = PredictorReference.RowFormat.csv
      if let format {
        let word = try base.text(format, "`format`").trimmed
        guard let found = PredictorReference.RowFormat(rawValue: word.string) else {
          throw SuiteProblem(
            "`\(SuiteCursor.shortened(word.string))` is no format of rows", at: word.offset(0),
            hint: "formats are `csv` and `jsonl`")
        }
        own = found
      }
      return .command(text.string, format: own)
    case "http":
      guard text.string.hasPrefix("http://") || text.string.hasPrefix("https://") else {
        throw SuiteProblem(
          "`\(SuiteCursor.shortened(text.string))` is no address", at: text.offset(0),
          hint: "write `http: http://localhost:5000/invocations`")
      }
      return .http(text.string)
    default: break
    }
    guard text.string.hasPrefix("run:") else { return .file(text.string) }
    let rest = text.string.dropFirst(4)
    let run = rest.prefix { $0 != "/" }
    guard !run.isEmpty else {
      throw SuiteProblem("which run?", at: text.offset(4), hint: "write `run:latest/model`")
    }
    let path = rest.dropFirst(run.count).drop { $0 == "/" }
    return .run(String(run), path: path.isEmpty ? "model" : String(path))
  }

  /// A path, or `{file: preds.csv, label: y, prediction: yhat, proba: p}`.
  private mutating func predictions(
    _ node: YAMLNode
  ) throws(SuiteProblem) -> PredictorReference.Place {
    guard node.pairs != nil else {
      return .predictions(
        try base.reference(try base.text(node, "`predictions`")), PredictionColumns())
    }
    let (table, columns) = try columns(
      node, "predictions", ["file", "label", "prediction", "proba"])
    return .predictions(table, columns)
  }

  /// `{file: preds.csv, label: y, prediction: yhat, proba: p}`.
  private mutating func columns(
    _ node: YAMLNode, _ key: String, _ known: [String]
  ) throws(SuiteProblem) -> (TableReference, PredictionColumns) {
    let mapping = try base.mapping(node, "`\(key)`")
    base.refuseUnknown(mapping, known: known, "`\(key)`")
    guard let file = mapping["file"] else {
      throw SuiteProblem(
        "which table of predictions?", at: mapping.offset,
        hint: "write `\(key): {file: preds.csv, proba: p}`")
    }
    var columns = PredictionColumns()
    if let label = mapping["label"] {
      columns.label = try base.text(label, "`label`").trimmed.string
    }
    if let prediction = mapping["prediction"] {
      columns.prediction = try base.text(prediction, "`prediction`").trimmed.string
    }
    if let proba = mapping["proba"] { columns.probabilities = try probabilities(proba) }
    return (try base.reference(try base.text(file, "`file`")), columns)
  }

  /// `p`, `p0..p9`, `[p0, p1, p2]`, `{cat: p_cat, dog: p_dog}`.
  private mutating func probabilities(
    _ node: YAMLNode
  ) throws(SuiteProblem) -> PredictionColumns.Probabilities {
    if node.pairs != nil {
      let mapping = try base.mapping(node, "`proba`")
      var named: [PredictionColumns.ClassColumn] = []
      for field in mapping.fields {
        named.append(
          .init(field.key, column: try base.text(field.value, "a column").trimmed.string))
      }
      guard named.count > 1 else {
        throw SuiteProblem("`proba` has a column for each class", at: mapping.offset)
      }
      return .named(named)
    }
    if let items = node.items {
      var names: [String] = []
      for item in items { names.append(try base.text(item, "a column").trimmed.string) }
      guard names.count > 1 else {
        throw SuiteProblem(
          "a list of one column", at: node.mark.offset, hint: "write `proba: p` for two classes")
      }
      return .each(names)
    }
    let text = try base.text(node, "`proba`").trimmed
    guard let range = text.string.firstRange(of: "..") else { return .positive(text.string) }
    let (first, last) = (text.string[..<range.lowerBound], text.string[range.upperBound...])
    let digits: (Substring) -> Int? = {
      Int(String($0.reversed().prefix { $0.isNumber }.reversed()))
    }
    guard let low = digits(first), let high = digits(last), low < high, high - low < 10_000 else {
      throw SuiteProblem(
        "`\(SuiteCursor.shortened(text.string))` is no range of columns", at: text.offset(0),
        hint: "write `p0..p9`")
    }
    let stem = first.dropLast(String(low).count)
    return .each((low...high).map { "\(stem)\($0)" })
  }
}
