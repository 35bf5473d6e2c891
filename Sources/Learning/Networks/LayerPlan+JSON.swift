import Compute
import Formats

extension LayerPlan {
  /// The layer as model files keep it: its name, `"relu"`, or its name and its numbers, `{"dense": {"units": 10}}`.
  package var json: JSONValue {
    switch self {
    case .dense(let units): named([.init("units", .int(Int64(units)))])
    case .conv2d(let filters, let kernel, let stride, let padding, let groups):
      named([
        .init("filters", .int(Int64(filters))), .init("kernel", .int(Int64(kernel))),
        .init("stride", .int(Int64(stride))), .init("padding", .int(Int64(padding))),
        .init("groups", .int(Int64(groups))),
      ])
    case .maxPool(let size, let stride), .averagePool(let size, let stride):
      named([.init("size", .int(Int64(size))), .init("stride", .int(Int64(stride)))])
    case .dropout(let rate): named([.init("rate", Self.json(rate))])
    case .batchNorm(let momentum, let epsilon):
      named([.init("momentum", Self.json(momentum)), .init("epsilon", Self.json(epsilon))])
    case .globalAveragePool, .flatten, .activation, .softmax: .string(name)
    }
  }

  private func named(_ members: [JSONValue.Member]) -> JSONValue {
    .object([.init(name, .object(members))])
  }

  /// With the digits that a float needs, not those of the double that it becomes.
  private static func json(_ number: Float) -> JSONValue {
    .double(Double("\(number)") ?? Double(number))
  }

  /// Takes a layer out of the JSON that ``json`` makes, believing nothing.
  ///
  /// - Throws: ``Misfit`` for what is no layer, for numbers that no layer has, and for words that it does not know.
  package init(json: JSONValue) throws(Misfit) {
    if let name = json.string {
      self = try Self.plain(name)
      return
    }
    guard let members = json.members, members.count == 1, let entries = members[0].value.members
    else { throw Misfit(message: "`\(json.text().prefix(80))` is no layer") }
    let numbers = LayerNumbersJSON(name: members[0].key, entries: entries)
    switch members[0].key {
    case "dense": self = .dense(units: try numbers.whole("units", in: 1...1 << 20))
    case "conv2d":
      self = .conv2d(
        filters: try numbers.whole("filters", in: 1...1 << 20),
        kernel: try numbers.whole("kernel", in: 1...63),
        stride: try numbers.whole("stride", in: 1...63, default: 1),
        padding: try numbers.whole("padding", in: 0...63, default: 0),
        groups: try numbers.whole("groups", in: 1...1 << 20, default: 1))
    case "maxpool": self = .maxPool(size: try numbers.size(), stride: try numbers.step())
    case "averagepool": self = .averagePool(size: try numbers.size(), stride: try numbers.step())
    case "dropout":
      let rate = try numbers.float("rate", nil)
      guard rate >= 0, rate < 1 else { throw numbers.problem("rate", "from 0 to below 1") }
      self = .dropout(rate: rate)
    case "batchnorm":
      self = .batchNorm(
        momentum: try numbers.share("momentum", 0.1), epsilon: try numbers.share("epsilon", 1e-5))
    case let name:
      self = try Self.plain(name)
      guard entries.isEmpty else { throw Misfit(message: "`\(name)` takes no numbers") }
    }
    try numbers.expectKnown(Self.keys(of: self))
  }

  private static func plain(_ name: String) throws(Misfit) -> LayerPlan {
    switch name {
    case "flatten": return .flatten
    case "globalaveragepool": return .globalAveragePool
    case "softmax": return .softmax
    default:
      guard let function = NetworkKernels.Activation(rawValue: name) else {
        throw Misfit(message: "there is no layer `\(name.prefix(80))`")
      }
      return .activation(function)
    }
  }

  private static func keys(of plan: LayerPlan) -> Set<String> {
    Set(plan.json.members?.first?.value.members?.map(\.key) ?? [])
  }
}

/// The numbers of a layer in a file.
private struct LayerNumbersJSON {
  var name: String
  var entries: [JSONValue.Member]

  private func value(_ key: String) -> JSONValue? { entries.last { $0.key == key }?.value }

  func whole(
    _ key: String, in range: ClosedRange<Int>, default missing: Int? = nil
  ) throws(LayerPlan.Misfit) -> Int {
    if value(key) == nil, let missing { return missing }
    guard let number = value(key)?.int, let whole = Int(exactly: number), range.contains(whole)
    else { throw problem(key, "a whole number from \(range.lowerBound) to \(range.upperBound)") }
    return whole
  }

  func size() throws(LayerPlan.Misfit) -> Int {
    try whole("size", in: 1...PoolingKernel.greatestSize)
  }

  func step() throws(LayerPlan.Misfit) -> Int { try whole("stride", in: 1...63, default: size()) }

  func float(_ key: String, _ missing: Float?) throws(LayerPlan.Misfit) -> Float {
    if value(key) == nil, let missing { return missing }
    guard let number = value(key)?.number else { throw problem(key, "a number") }
    return Float(number)
  }

  /// A number above 0 and at most 1.
  func share(_ key: String, _ missing: Float) throws(LayerPlan.Misfit) -> Float {
    let number = try float(key, missing)
    guard number > 0, number <= 1 else { throw problem(key, "above 0 and at most 1") }
    return number
  }

  func expectKnown(_ keys: Set<String>) throws(LayerPlan.Misfit) {
    guard let entry = entries.first(where: { !keys.contains($0.key) }) else { return }
    throw LayerPlan.Misfit(message: "`\(name)` has no number `\(entry.key.prefix(80))`")
  }

  func problem(_ key: String, _ wanted: String) -> LayerPlan.Misfit {
    LayerPlan.Misfit(
      message: value(key) == nil
        ? "`\(name)` has no `\(key)`" : "`\(key)` of `\(name)` is not \(wanted)")
  }
}
