import Formats
import Platform

/// The windows that an operator of ONNX's looks through, when they are squares.
struct ONNXWindows {
  let size: Int
  let stride: Int
  let padding: Int

  /// - Parameter kernel: what the weights say, for operators that need not say it again.
  /// - Throws: ``Failure`` for windows of other forms.
  init(_ node: ONNXNode, kernel: [Int]?) throws {
    func same(_ name: String, _ count: Int, default missing: Int64?) throws -> Int {
      let numbers = node[name]?.ints ?? missing.map { [Int64](repeating: $0, count: count) } ?? []
      guard numbers.count == count, let first = numbers.first,
        numbers.allSatisfy({ $0 == first }), let number = Int(exactly: first), number >= 0
      else {
        throw NetworkGraphReader.unsupported(node, "its `\(name)` is not the same on all sides")
      }
      return number
    }
    guard ["NOTSET", "VALID"].contains(node["auto_pad"]?.string ?? "NOTSET") else {
      throw NetworkGraphReader.unsupported(node, "it pads its images by itself")
    }
    guard try same("dilations", 2, default: 1) == 1, node["ceil_mode"]?.int ?? 0 == 0 else {
      throw NetworkGraphReader.unsupported(node, "its windows have gaps, or go beyond the image")
    }
    size = try same("kernel_shape", 2, default: kernel?.first.map(Int64.init))
    stride = try same("strides", 2, default: 1)
    padding = try same("pads", 4, default: 0)
  }
}
