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
  /// Texts to codes, all columns side by side, and what ``recode(_:)`` adds.
  private(set) var nodes: [ONNXNode] = []
  private(set) var initializers: [ONNXTensor] = []
  /// Where the matrix is.
  private(set) var matrix: String
  var names = ONNXNames()
  private let width: Int

  /// - Throws: ``Failure`` for columns that have no names of their own where names are needed.
  init(_ columns: [Column], layout: ONNXLayout) throws {
    matrix = "input"
    width = columns.count
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

  /// Counts the categories of some columns down from -1 instead of up from 0, as ``ONNXCategory`` says.
  mutating func recode(_ features: Set<Int32>) {
    guard !features.isEmpty else { return }
    let columns = (0..<Int32(width)).map { features.contains($0) }
    matrix = step("Mul", "signs", columns.map { $0 ? ONNXCategory.factor : 1 })
    matrix = step("Add", "offsets", columns.map { $0 ? ONNXCategory.offset : 0 })
  }

  /// Adds an operator on the matrix with a number for each column.
  private mutating func step(_ operation: String, _ name: String, _ numbers: [Float]) -> String {
    let (constant, result) = (names.fresh(name), names.fresh("with_\(name)"))
    initializers.append(ONNXTensor(constant, [1, Int64(numbers.count)], .floats(numbers)))
    nodes.append(ONNXNode(operation, name: name, from: [matrix, constant], to: [result]))
    return result
  }
}
