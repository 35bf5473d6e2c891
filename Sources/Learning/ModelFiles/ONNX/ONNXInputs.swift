import Formats
import Platform

/// The inputs of a graph, and the operators that make one matrix of numbers of them.
struct ONNXInputs {
  struct Column {
    var name: String
    /// The codes of its texts, by their spelling; nil for a column of numbers.
    var codes: [(text: String, code: Float)]?

    init(_ name: String, codes: [(text: String, code: Float)]? = nil) {
      self.name = name
      self.codes = codes
    }
  }

  private(set) var infos: [ONNXValueInfo] = []
  /// Texts to codes, and all columns side by side.
  private(set) var nodes: [ONNXNode] = []
  /// Where the matrix is.
  private(set) var matrix: String
  var names = ONNXNames()

  /// - Throws: ``Failure`` for columns that have no names of their own where names are needed.
  init(_ columns: [Column], layout: ONNXLayout) throws {
    matrix = "input"
    guard layout == .columns || columns.contains(where: { $0.codes != nil }) else {
      matrix = names.fresh("input")
      infos = [
        ONNXValueInfo(matrix, .float, [.named("rows"), .size(Int64(columns.count))])
      ]
      return
    }
    try names.take(columns.map(\.name))
    var parts: [String] = []
    for (index, column) in columns.enumerated() {
      infos.append(
        ONNXValueInfo(
          column.name, column.codes == nil ? .float : .string, [.named("rows"), .size(1)]))
      guard let codes = column.codes else {
        parts.append(column.name)
        continue
      }
      let place = names.fresh("codes\(index)")
      nodes.append(
        ONNXNode(
          "LabelEncoder", domain: ONNXModel.learning, name: "categories\(index)",
          from: [column.name], to: [place],
          [
            ONNXAttribute("keys_strings", .strings(codes.map(\.text))),
            ONNXAttribute("values_floats", .floats(codes.map(\.code))),
            ONNXAttribute("default_float", .float(.nan)),
          ]))
      parts.append(place)
    }
    matrix = names.fresh("columns")
    nodes.append(
      ONNXNode(
        "Concat", name: "side_by_side", from: parts, to: [matrix], [ONNXAttribute("axis", .int(1))])
    )
  }
}
