import Platform

/// The names of a graph's values, each given once.
struct ONNXNames {
  private var taken: Set<String> = []

  /// Takes the names of columns for inputs.
  ///
  /// - Throws: ``Failure`` for columns that have no names of their own.
  mutating func take(_ columns: [String]) throws {
    for name in columns {
      guard !name.isEmpty, taken.insert(name).inserted else {
        throw Failure(
          .unsupported,
          name.isEmpty
            ? "a column without a name cannot be an input of ONNX's"
            : "two columns are named `\(name)`, and inputs of ONNX's go by their names")
      }
    }
  }

  /// A name that nothing else has, as near to the wanted one as can be.
  mutating func fresh(_ name: String) -> String {
    var name = name
    while !taken.insert(name).inserted { name += "_" }
    return name
  }
}
