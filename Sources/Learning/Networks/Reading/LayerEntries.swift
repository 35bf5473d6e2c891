import Compute
import Formats
import Platform

/// The numbers of one layer in its long form: `{filters: 32, kernel: 3}`.
struct LayerEntries {
  private let name: String
  private let members: [JSONValue.Member]

  private static let keys: [String: [String]] = [
    "dense": ["units", "activation"],
    "conv2d": ["filters", "kernel", "stride", "padding", "groups", "activation"],
    "maxpool": ["size", "stride"], "averagepool": ["size", "stride"], "dropout": ["rate"],
    "batchnorm": ["momentum", "epsilon", "activation"],
  ]

  /// - Parameter value: a mapping, nothing, or the one number that the layer cannot do without.
  init(_ name: String, _ value: JSONValue) throws(LayerPlan.Misfit) {
    self.name = name
    let keys = Self.keys[name] ?? []
    switch value {
    case .object(let members): self.members = members
    case .null: members = []
    default: members = keys.first.map { [JSONValue.Member($0, value)] } ?? []
    }
    for member in members where !keys.contains(member.key) {
      let near = nearestName(to: member.key, among: keys).map { "did you mean `\($0)`? " } ?? ""
      throw LayerPlan.Misfit(
        message: "`\(name)` has no key `\(member.key)`",
        hint: keys.isEmpty
          ? "it takes none" : "\(near)it takes: \(keys.joined(separator: ", "))")
    }
  }

  func plan() throws(LayerPlan.Misfit) -> LayerPlan {
    switch name {
    case "dense": return try LayerNumbers.dense(whole("units"))
    case "conv2d":
      let kernel = try whole("kernel")
      return try LayerNumbers.conv2d(
        filters: whole("filters"), kernel: kernel, stride: whole("stride", default: 1),
        padding: padding(kernel), groups: whole("groups", default: 1))
    case "maxpool", "averagepool":
      let size = try whole("size", default: 2)
      return try LayerNumbers.pool(name, size: size, stride: whole("stride", default: size))
    case "dropout": return try LayerNumbers.dropout(number("rate"))
    case "batchnorm":
      return try LayerNumbers.batchNorm(
        momentum: number("momentum", default: 0.1), epsilon: number("epsilon", default: 1e-5))
    default: return LayerNumbers.plain(name)
    }
  }

  /// The function that is put behind the layer.
  func activation() throws(LayerPlan.Misfit) -> LayerPlan? {
    guard let value = self["activation"], value != .null else { return nil }
    let functions = NetworkKernels.Activation.allCases.map(\.rawValue)
    if value.string == "softmax" { return .softmax }
    guard let text = value.string, let function = NetworkKernels.Activation(rawValue: text) else {
      throw LayerPlan.Misfit(
        message: "there is no activation `\(value.string ?? value.text())`",
        hint: "there is: \(functions.joined(separator: ", ")), softmax")
    }
    return .activation(function)
  }

  /// `same` keeps the size of images at stride 1; `valid` is none.
  private func padding(_ kernel: Int) throws(LayerPlan.Misfit) -> Int {
    switch self["padding"]?.string {
    case "valid": return 0
    case "same":
      guard !kernel.isMultiple(of: 2) else {
        throw LayerPlan.Misfit(
          message: "`padding: same` needs a kernel of an odd size, not \(kernel)",
          hint: "give a number of points")
      }
      return kernel / 2
    case let text?:
      throw LayerPlan.Misfit(
        message: "`padding` cannot be `\(text)`", hint: "write same, valid or a number of points")
    case nil: return try whole("padding", default: 0)
    }
  }

  private subscript(key: String) -> JSONValue? { members.last { $0.key == key }?.value }

  private func whole(_ key: String, default fallback: Int? = nil) throws(LayerPlan.Misfit) -> Int {
    guard let value = self[key] else {
      if let fallback { return fallback }
      throw LayerPlan.Misfit(message: "`\(name)` needs `\(key)`")
    }
    guard let number = value.int.flatMap({ Int(exactly: $0) }) else {
      throw LayerPlan.Misfit(
        message:
          "`\(key)` of `\(name)` must be a whole number, not `\(value.string ?? value.text())`"
      )
    }
    return number
  }

  private func number(
    _ key: String, default fallback: Double? = nil
  ) throws(LayerPlan.Misfit) -> Double {
    guard let value = self[key] else {
      if let fallback { return fallback }
      throw LayerPlan.Misfit(message: "`\(name)` needs `\(key)`")
    }
    guard let number = value.number, number.isFinite else {
      throw LayerPlan.Misfit(
        message: "`\(key)` of `\(name)` must be a number, not `\(value.string ?? value.text())`")
    }
    return number
  }
}
