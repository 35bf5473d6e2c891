import Formats
import Platform

/// The outputs that `dvc.lock` names, of all stages.
enum LockFile {
  /// - Returns: with each output the name of its stage.
  static func outputs(
    parsing bytes: [UInt8]
  ) throws(ParseFailure) -> [(stage: String, output: PointerOutput)] {
    guard let root = try YAMLNode(parsing: bytes) else { return [] }
    // Version 1 had the stages at the top.
    let stages = root.pairs?.first { $0.key.text == "stages" }?.value ?? root
    var outputs: [(String, PointerOutput)] = []
    for stage in stages.pairs ?? [] {
      let fields = stage.value.pairs ?? []
      for item in fields.first(where: { $0.key.text == "outs" })?.value.items ?? [] {
        outputs.append((stage.key.text ?? "", try PointerOutput(item)))
      }
    }
    return outputs
  }
}
