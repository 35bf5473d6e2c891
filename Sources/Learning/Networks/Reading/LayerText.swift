import Compute
import Platform

/// The short form of a layer: `128`, `32c3`, `pool`, `dropout .2`, `relu`.
struct LayerText {
  /// Every word that a layer may begin with.
  static let names =
    [
      "dense", "conv2d", "maxpool", "averagepool", "globalaveragepool", "flatten", "dropout",
      "batchnorm", "softmax",
    ] + NetworkKernels.Activation.allCases.map(\.rawValue)

  private static let aliases = [
    "conv": "conv2d", "pool": "maxpool", "avgpool": "averagepool", "linear": "dense",
    "globalpool": "globalaveragepool", "batchnorm2d": "batchnorm", "batchnorm1d": "batchnorm",
  ]

  private let words: [Substring]
  private let text: String

  /// - Throws: ``LayerPlan/Misfit`` for what names no layer.
  static func plan(_ text: String) throws(LayerPlan.Misfit) -> LayerPlan {
    try LayerText(text).plan()
  }

  /// The one spelling of a layer's name, whatever its case and underscores are; nil for no layer.
  static func name(_ word: some StringProtocol) -> String? {
    let plain = word.lowercased().filter { $0 != "_" && $0 != "-" }
    let name = aliases[plain] ?? plain
    return names.contains(name) ? name : nil
  }

  private init(_ text: String) {
    self.text = text
    words = text.split { $0 == " " || $0 == "\t" }
  }

  private func plan() throws(LayerPlan.Misfit) -> LayerPlan {
    guard let first = words.first else {
      throw LayerPlan.Misfit(message: "a layer without a name")
    }
    if let units = Int(first) {
      try expect(1)
      return try LayerNumbers.dense(units)
    }
    if let plan = try filters(first) { return plan }
    guard let name = Self.name(first) else {
      let near = nearestName(to: String(first), among: Self.names)
      throw LayerPlan.Misfit(
        message: "there is no layer named `\(first)`",
        hint:
          "\(near.map { "did you mean `\($0)`? " } ?? "")layers are: \(Self.names.joined(separator: ", "))"
      )
    }
    switch name {
    case "dense":
      try expect(2, "dense 128")
      return try LayerNumbers.dense(whole(1))
    case "conv2d":
      try expect(3, "conv2d 32 3")
      return try LayerNumbers.conv2d(filters: whole(1), kernel: whole(2))
    case "maxpool", "averagepool":
      try expect(words.count == 1 ? 1 : 2, "\(first) 2")
      let size = words.count == 1 ? 2 : try whole(1)
      return try LayerNumbers.pool(name, size: size, stride: nil)
    case "dropout":
      try expect(2, "dropout 0.2")
      guard let rate = Double(words[1].hasPrefix(".") ? "0\(words[1])" : words[1]) else {
        throw LayerPlan.Misfit(message: "`\(words[1])` is no share of numbers to drop")
      }
      return try LayerNumbers.dropout(rate)
    default:
      try expect(1)
      return LayerNumbers.plain(name)
    }
  }

  /// `32c3`: filters and the edge of their windows.
  private func filters(_ word: Substring) throws(LayerPlan.Misfit) -> LayerPlan? {
    let parts = word.split(separator: "c", omittingEmptySubsequences: false)
    guard parts.count == 2, let filters = Int(parts[0]), let kernel = Int(parts[1]) else {
      return nil
    }
    try expect(1)
    return try LayerNumbers.conv2d(filters: filters, kernel: kernel)
  }

  private func expect(_ count: Int, _ example: String? = nil) throws(LayerPlan.Misfit) {
    guard words.count == count else {
      throw LayerPlan.Misfit(
        message: "`\(text)` is no layer that can be read",
        hint: example.map { "write `\($0)`" } ?? "write `\(words[0])` alone")
    }
  }

  private func whole(_ place: Int) throws(LayerPlan.Misfit) -> Int {
    guard let number = Int(words[place]) else {
      throw LayerPlan.Misfit(message: "`\(words[place])` in `\(text)` is no whole number")
    }
    return number
  }
}
