import Compute
import Formats
import Platform

extension NetworkModel {
  /// Among the metadata of files of others: all of a network but its weights.
  static let metadataKey = "reprise.network"
  private static let format = "reprise.network/1"

  /// Everything but the weights: `format`, `kind`, `target`, `classes`; `features`, as linear models have them, or `image` with
  /// `height`, `width`, `channels`, and the `means` and `deviations` of channels whose values go from 0 to 1; `layers`, as
  /// ``LayerPlan/json`` has them; `scale` and `shift` of a predicted number; `training`, facts that no reader needs.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("format", .string(Self.format)), .init("kind", .string(kind)),
      .init("target", .string(target)), .init("classes", .array(classes.map { .string($0) })),
    ]
    switch input {
    case .rows(let encoder):
      members.append(.init("features", .array(encoder.features.map(\.json))))
    case .images(let shape, let means, let deviations):
      members.append(
        .init(
          "image",
          .object([
            .init("height", .int(Int64(shape.height))), .init("width", .int(Int64(shape.width))),
            .init("channels", .int(Int64(shape.channels))),
            .init("means", .array(means.map { .double($0) })),
            .init("deviations", .array(deviations.map { .double($0) })),
          ])))
    }
    members.append(.init("layers", .array(plans.map(\.json))))
    if classes.isEmpty {
      members += [.init("scale", .double(scale)), .init("shift", .double(shift))]
    }
    return .object(members + [.init("training", training)])
  }

  /// Takes a network out of the text of ``json`` and its weights, believing nothing.
  ///
  /// - Throws: ``Failure`` for parts that do not fit together.
  init(metadata text: String, tensors: [NetworkTensor]) throws {
    let json: JSONValue
    do {
      json = try JSONValue(parsing: text)
    } catch {
      throw Failure(
        .corrupt, "its note `\(Self.metadataKey)` is not as reprise writes it: \(error.message)")
    }
    do {
      self = try ModelDecoder(root: json).network(Self.format, tensors)
    } catch let problem as ModelDecoder.Problem {
      throw Failure(problem.code, problem.message, hint: problem.hint)
    } catch let misfit as LayerPlan.Misfit {
      throw Failure(.corrupt, misfit.message, hint: misfit.hint)
    }
  }

  /// - Throws: ``LayerPlan/Misfit`` for layers that do not fit each other, the tensors or the classes.
  func check() throws(LayerPlan.Misfit) {
    try LayerPlan.check(tensors, of: plans, from: input.shape)
    let count = try LayerPlan.shapes(plans, from: input.shape).last?.count ?? 0
    guard count == max(1, classes.count) || (classes.count == 2 && count == 1), classes.count != 1
    else {
      throw LayerPlan.Misfit(
        message: "its layers give \(count) numbers for \(classes.count) classes")
    }
    let last: LayerPlan = count == 1 ? .activation(.sigmoid) : .softmax
    guard classes.isEmpty || plans.last == last else {
      throw LayerPlan.Misfit(
        message: "its last layer is no `\(last.name)`, which makes probabilities")
    }
  }
}

extension ModelDecoder {
  fileprivate func network(_ format: String, _ tensors: [NetworkTensor]) throws -> NetworkModel {
    guard root["format"]?.string == format else {
      throw Problem(
        code: .unsupported, message: "it does not say `\"format\": \"\(format)\"`",
        hint: root["format"] == nil ? nil : "use a newer reprise")
    }
    let input: NetworkInput
    var target = try string(root, "target")
    if let image = root["image"] {
      input = try images(image)
    } else {
      let (encoder, name) = try columns()
      input = .rows(encoder)
      target = name
    }
    let isNumber = try strings(root, "classes").isEmpty
    var model = NetworkModel(
      kind: try string(root, "kind"), target: target, classes: try strings(root, "classes"),
      input: input, plans: try array(root, "layers").map { try LayerPlan(json: $0) },
      tensors: tensors, training: root["training"] ?? .object([]))
    if isNumber {
      (model.scale, model.shift) = (try number(root, "scale"), try number(root, "shift"))
    }
    try model.check()
    return model
  }

  private func images(_ json: JSONValue) throws -> NetworkInput {
    let sizes = ["height", "width", "channels"].map { key in
      json[key]?.int.flatMap { Int(exactly: $0) } ?? 0
    }
    guard let shape = SampleShape(believing: sizes[0], sizes[1], channels: sizes[2]) else {
      throw Problem(message: "its images have no size that can be")
    }
    let means = try numbers(json["means"], "means")
    let deviations = try numbers(json["deviations"], "deviations")
    guard means.count == shape.channels, deviations.count == shape.channels,
      deviations.allSatisfy({ $0 > 0 })
    else {
      throw Problem(message: "its means and deviations are not one a channel, deviations above 0")
    }
    return .images(shape, means: means, deviations: deviations)
  }
}

extension SampleShape {
  /// A shape out of numbers of a file; nil when no sample can have it.
  init?(believing height: Int, _ width: Int, channels: Int) {
    let limit = 1...Self.greatestCount
    guard limit.contains(height), limit.contains(width), limit.contains(channels) else {
      return nil
    }
    let (count, isTooLarge) = (height * width).multipliedReportingOverflow(by: channels)
    guard !isTooLarge, count <= Self.greatestCount else { return nil }
    self.init(height: height, width: width, channels: channels)
  }
}
