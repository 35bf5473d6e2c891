import Formats
import Platform

/// A value of a model file with its place, which checks what it is asked for.
struct XGBoostNode {
  let value: UBJSONValue
  /// Such as `learner.gradient_booster.model.trees[3]`.
  let path: String

  private func broken(_ expectation: String) -> Failure {
    Failure(.corrupt, "`\(path)` is no \(expectation)")
  }

  /// A member that may be left out.
  func optional(_ key: String) -> XGBoostNode? {
    guard let member = value[key], member != .null else { return nil }
    return XGBoostNode(value: member, path: path.isEmpty ? key : "\(path).\(key)")
  }

  func member(_ key: String) throws -> XGBoostNode {
    guard let member = optional(key) else {
      throw Failure(.corrupt, "`\(path.isEmpty ? "the file" : path)` has no `\(key)`")
    }
    return member
  }

  func string() throws -> String {
    guard let text = value.string else { throw broken("text") }
    return text
  }

  /// A whole number; the files write most of them as text.
  func integer(in range: ClosedRange<Int>) throws -> Int {
    let number =
      value.string.flatMap(Int.init) ?? value.int.flatMap(Int.init(exactly:))
    guard let number, range.contains(number) else {
      throw broken("whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// The texts of an object, numbers included.
  func texts() throws -> [String: String] {
    guard let members = value.members else { throw broken("object") }
    var texts: [String: String] = [:]
    for member in members {
      switch member.value {
      case .string(let text): texts[member.key] = text
      case .int(let number): texts[member.key] = "\(number)"
      case .double(let number): texts[member.key] = "\(number)"
      default: throw broken("object of texts")
      }
    }
    return texts
  }

  func list() throws -> [XGBoostNode] {
    switch value {
    case .array(let values):
      values.enumerated().map { XGBoostNode(value: $1, path: "\(path)[\($0)]") }
    case .bytes([]), .int32s([]), .int64s([]), .floats([]), .doubles([]): []
    default: throw broken("list")
    }
  }

  /// Whole numbers of 32 bits, truth values as 0 and 1.
  func int32s() throws -> [Int32] {
    switch value {
    case .int32s(let values): return values
    case .bytes(let values): return values.map { Int32($0) }
    case .int64s(let values): return try values.map(narrow)
    case .array(let values):
      return try values.map { element in
        switch element {
        case .int(let number): return try narrow(number)
        case .bool(let isTrue): return isTrue ? 1 : 0
        default: throw broken("list of whole numbers")
        }
      }
    case .floats([]), .doubles([]): return []
    default: throw broken("list of whole numbers")
    }
  }

  private func narrow(_ number: Int64) throws -> Int32 {
    guard let value = Int32(exactly: number) else {
      throw Failure(.corrupt, "`\(path)` holds the number \(number), of more than 32 bits")
    }
    return value
  }

  /// Numbers as floats, as the library reads them.
  ///
  /// - Throws: ``Failure`` for lists with NaN too.
  func floats() throws -> [Float] {
    let numbers: [Float]
    switch value {
    case .floats(let values): numbers = values
    case .doubles(let values): numbers = values.map { Float($0) }
    case .array(let values):
      numbers = try values.map { element in
        guard let number = element.number else { throw broken("list of numbers") }
        return Float(number)
      }
    case .bytes([]), .int32s([]), .int64s([]): numbers = []
    default: throw broken("list of numbers")
    }
    if let index = numbers.firstIndex(where: \.isNaN) {
      throw Failure(.corrupt, "`\(path)[\(index)]` is NaN")
    }
    return numbers
  }
}
