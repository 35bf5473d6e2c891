import Platform

/// Where the numbers of an array lie in its file.
struct NumPyElements: Sendable {
  /// Rows first. Empty for a single number.
  let shape: [Int]
  let element: NumPyElement
  /// Where the first begins.
  let start: Int
  /// How many elements lie between neighbours along each dimension.
  let steps: [Int]

  /// - Parameter size: bytes of the file.
  /// - Throws: ``ParseFailure`` for other elements than numbers, and for fewer than the shape says.
  init(_ header: NumPyHeader, from start: Int, size: Int) throws(ParseFailure) {
    guard let element = NumPyElement(header.type) else {
      throw ParseFailure(
        "numbers of the type `\(header.type)` are not read",
        hint: "save the array with `.astype('float64')`")
    }
    guard let count = NumPyArray.count(of: header.shape), count <= (size - start) / element.size
    else {
      throw ParseFailure("the file is cut off: its numbers are fewer than its header says")
    }
    shape = header.shape
    self.element = element
    self.start = start
    let order = header.isFortranOrder ? Array(shape.indices) : shape.indices.reversed()
    var steps = Array(repeating: 0, count: shape.count)
    var step = 1
    // Without elements the sizes may be anything, and no step is taken.
    for dimension in order where count > 0 {
      steps[dimension] = step
      step *= shape[dimension]
    }
    self.steps = steps
  }

  /// Whether the last dimension runs fastest, and nothing lies between.
  var isInOrder: Bool {
    var step = 1
    for dimension in shape.indices.reversed() {
      guard steps[dimension] == step || shape[dimension] == 1 else { return false }
      step *= shape[dimension]
    }
    return true
  }

  var rowCount: Int { shape.first ?? 1 }
  /// Elements between a row and the next.
  var rowStep: Int { steps.first ?? 0 }

  /// How many places there are behind the first dimension; nil when more than there can be. Without rows, it may be any number.
  var width: Int? { NumPyArray.count(of: Array(shape.dropFirst())) }

  /// Goes through the places behind the first dimension in C order; a single number is a place of its own.
  struct Places: Sequence, IteratorProtocol {
    private let elements: NumPyElements
    private var left: Int
    private var index: [Int]
    private var place = 0

    init(_ elements: NumPyElements) {
      self.elements = elements
      left = elements.width ?? 0
      index = Array(repeating: 0, count: elements.shape.count)
    }

    /// How many elements lie before the next place in the first row.
    mutating func next() -> Int? {
      guard left > 0 else { return nil }
      left -= 1
      defer { advance() }
      return place
    }

    private mutating func advance() {
      for dimension in elements.shape.indices.dropFirst().reversed() {
        index[dimension] += 1
        place += elements.steps[dimension]
        if index[dimension] < elements.shape[dimension] { return }
        place -= elements.steps[dimension] * elements.shape[dimension]
        index[dimension] = 0
      }
    }
  }
}
