import Formats
import Platform

/// Reads a text file of LightGBM, of version 2, 3 or 4.
struct LightGBMReader {
  private let lines: [Substring]

  /// - Throws: ``ParseFailure`` for bytes that are no UTF-8.
  init(_ bytes: [UInt8]) throws(ParseFailure) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ParseFailure("it is not UTF-8")
    }
    // Split as bytes: a line break of Windows is one character.
    lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      Substring(line.last == 0x0D ? line.dropLast() : line)
    }
  }

  func model() throws -> BoostedModel {
    var place = 0
    var header = LightGBMLines(part: "the header")
    while place < lines.count, !lines[place].hasPrefix("Tree="), !isEnd(lines[place]) {
      if !lines[place].isEmpty { header.add(lines[place], line: place + 1) }
      place += 1
    }
    var model = try self.header(header)
    while place < lines.count, lines[place].hasPrefix("Tree=") {
      var tree = LightGBMLines(part: "tree \(model.trees.count)")
      place += 1
      while place < lines.count, !lines[place].hasPrefix("Tree="), !isEnd(lines[place]) {
        if !lines[place].isEmpty { tree.add(lines[place], line: place + 1) }
        place += 1
      }
      // The last tree of a file that was cut off may look whole.
      guard place < lines.count else { break }
      model.trees.append(
        try LightGBMTreeReader(tree, featureCount: model.features.count).tree())
    }
    guard place < lines.count else {
      throw ParseFailure(
        "it ends before `end of trees`", line: lines.count, hint: "the file was cut off")
    }
    try model.checkCategoryRoom()
    try arrange(&model, header)
    nameCategories(&model, from: place)
    if let note = header.text(Substring(ModelSupplement.headerKey)) {
      try ModelSupplement(parsing: String(note)).apply(
        to: &model, writtenName: LightGBMWriter.spelled)
    }
    return model
  }

  private func isEnd(_ line: Substring) -> Bool {
    line == "end of trees" || line == "feature_importances:" || line == "feature importances:"
  }

  private static let mostOutputs = 1 << 16

  private func header(_ header: LightGBMLines) throws -> BoostedModel {
    let version = try header.required("version")
    guard ["v2", "v3", "v4"].contains(version) else {
      throw Failure(
        .unsupported, "its version is `\(version)`", hint: "v2, v3 and v4 can be read")
    }
    let outputs = try header.integer("num_tree_per_iteration", in: 1...Self.mostOutputs)
    let last = try header.integer("max_feature_idx", in: 0...(1 << 28))
    let names = try header.required("feature_names").split(separator: " ")
    guard names.count == last + 1 else {
      throw header.failure("has \(names.count) names for \(last + 1) features", "feature_names")
    }
    let infos = header.text("feature_infos")?.split(separator: " ") ?? []
    guard infos.isEmpty || infos.count == names.count else {
      throw header.failure("has \(infos.count) parts for \(names.count) features", "feature_infos")
    }
    var features = names.map { ModelFeature(name: String($0)) }
    for (index, info) in infos.enumerated() { Self.describe(&features[index], info) }
    let objective = LightGBMObjective(String(header.text("objective") ?? ""))
    var model = BoostedModel(
      flavour: .lightgbm, objective: String(header.text("objective") ?? ""), outputs: outputs,
      features: features)
    model.transform = try objective.transform
    model.averagesRounds = header.has("average_output")
    return model
  }

  /// `[least:largest]` of numbers, `3:0:1` of categories, `none` of columns that are not used.
  private static func describe(_ feature: inout ModelFeature, _ info: Substring) {
    if info.hasPrefix("["), info.hasSuffix("]") {
      let ends = info.dropFirst().dropLast().split(separator: ":").compactMap { Double($0) }
      if ends.count == 2, ends[0] <= ends[1] { feature.range = ends[0]...ends[1] }
    } else if info != "none" {
      feature.kind = .categorical
      let codes = info.split(separator: ":").compactMap { Int32($0) }
      if let least = codes.min(), let largest = codes.max() {
        feature.range = Double(least)...Double(largest)
      }
    }
  }

  private func arrange(_ model: inout BoostedModel, _ header: LightGBMLines) throws {
    let count = model.trees.count
    guard count % model.outputs == 0 else {
      throw Failure(
        .corrupt, "its \(count) trees are no rounds of \(model.outputs) trees each")
    }
    model.treeOutput = (0..<count).map { $0 % model.outputs }
    model.roundStarts = Array(stride(from: 0, through: count, by: model.outputs))
    var isKnown = [Bool](repeating: false, count: model.features.count)
    for tree in model.trees {
      for node in 0..<tree.nodeCount where !tree.isLeaf(node) {
        let feature = Int(tree.feature[node])
        guard !isKnown[feature] else { continue }
        isKnown[feature] = true
        model.features[feature].missing = tree.missing[node]
      }
    }
  }

  /// Takes over the names that pandas had for the categories, where they are texts.
  private func nameCategories(_ model: inout BoostedModel, from place: Int) {
    let key = "pandas_categorical:"
    guard let line = lines[place...].last(where: { $0.hasPrefix(key) }),
      let json = try? JSONValue(parsing: String(line.dropFirst(key.utf8.count))),
      let lists = json.array
    else { return }
    let columns = model.features.indices.filter { model.features[$0].kind == .categorical }
    guard lists.count == columns.count else { return }
    for (column, list) in zip(columns, lists) {
      let names = list.array?.compactMap { value in
        value.string ?? value.int.map { "\($0)" }
      }
      if let names, names.count == list.array?.count { model.features[column].categories = names }
    }
  }
}
