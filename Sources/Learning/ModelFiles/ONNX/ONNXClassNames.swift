import Formats

/// Class labels as ONNX gives them: whole numbers where all of them are, otherwise text.
struct ONNXClassNames: Hashable {
  let names: [String]

  init(_ names: [String]) { self.names = names }

  private var numbers: [Int64]? {
    let numbers = names.compactMap { name in Int64(name).flatMap { "\($0)" == name ? $0 : nil } }
    return numbers.count == names.count ? numbers : nil
  }

  var type: ONNXType { numbers == nil ? .string : .int64 }

  /// The labels as an attribute: `classlabels_int64s` or `classlabels_strings`.
  func attribute(_ name: String) -> ONNXAttribute {
    numbers.map { ONNXAttribute("\(name)_int64s", .ints($0)) }
      ?? ONNXAttribute("\(name)_strings", .strings(names))
  }

  /// The operators that pick the likeliest class of each row.
  func picking(from probabilities: String, to label: String, through place: String) -> [ONNXNode] {
    let axis = ONNXAttribute("axis", .int(1))
    let largest = ONNXNode(
      "ArgMax", name: "likeliest", from: [probabilities], to: [place],
      [axis, ONNXAttribute("keepdims", .int(0))])
    let naming = ONNXNode(
      "LabelEncoder", domain: ONNXModel.learning, name: "naming", from: [place], to: [label],
      [ONNXAttribute("keys_int64s", .ints(names.indices.map(Int64.init))), attribute("values")])
    return [largest, naming]
  }
}
