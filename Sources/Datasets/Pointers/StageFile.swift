import Formats
import Platform
import SystemPackage

/// What a `dvc.yaml` says of the outputs that the `dvc.lock` beside it names: the folders that its stages work in, and
/// which outputs git keeps itself.
struct StageFile {
  private let file: FilePath
  private var stages: [YAMLNode.Pair] = []
  /// Where `${…}` is looked up, the last one first.
  private var values: [YAMLNode] = []

  /// - Parameters:
  ///   - file: the `dvc.yaml`, for messages.
  ///   - read: gives the bytes of a file beside it, nil when there is none.
  /// - Throws: ``Failure`` for what is no YAML.
  init(_ file: FilePath, parsing bytes: [UInt8], beside read: (String) throws -> [UInt8]?) throws {
    self.file = file
    func node(_ bytes: [UInt8], of name: String) throws -> YAMLNode? {
      do { return try YAMLNode(parsing: bytes) } catch {
        throw error.failure(in: file.removingLastComponent().pushing(FilePath(name)).string)
      }
    }
    let root = try node(bytes, of: "dvc.yaml")
    stages = root?["stages"]?.pairs ?? []
    guard bytes.firstRange(of: "${".utf8) != nil else { return }
    func add(_ name: String) throws {
      if let bytes = try read(name), let node = try node(bytes, of: name) { values.append(node) }
    }
    try add("params.yaml")
    for item in root?["vars"]?.items ?? [] {
      if let file = item.text { try add(file) } else { values.append(item) }
    }
  }

  /// What is said of a stage's outputs.
  struct Stage {
    /// From the folder of the `dvc.yaml`.
    var folder = "."
    fileprivate var flags: [String: YAMLNode] = [:]

    /// Adds to an output what `dvc.lock` leaves out.
    func complete(_ output: inout PointerOutput) {
      guard let flags = flags[output.path] else { return }
      if flags["cache"]?.text?.lowercased() == "false" { output.isCached = false }
      if flags["push"]?.text?.lowercased() == "false" { output.isPushed = false }
      if let remote = flags["remote"]?.text { output.remote = remote }
    }
  }

  /// - Parameter name: as `dvc.lock` has it: `train`, or `train@key` for one of many.
  /// - Throws: ``Failure`` where the folder has a `${…}` that nothing beside it names.
  func stage(_ name: String) throws -> Stage {
    let parts = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let plain = String(parts[0])
    guard
      let named = (stages.first { $0.key.text == name } ?? stages.first { $0.key.text == plain })
    else { return Stage() }
    let body = named.value["do"] ?? named.value
    let own = parts.count > 1 ? StageItem.values(of: named.value, key: String(parts[1])) : [:]
    var stage = Stage()
    if let wdir = body["wdir"], let text = wdir.text {
      do { stage.folder = try resolve(text, own) } catch {
        throw ParseFailure(
          "the `wdir` of the stage `\(name)` needs `\(error.name)`, which neither `vars` nor params.yaml names",
          line: wdir.mark.line, column: wdir.mark.column
        ).failure(in: file.string)
      }
    }
    for kind in ["outs", "metrics", "plots"] {
      for item in body[kind]?.items ?? [] {
        for pair in item.pairs ?? [] {
          // What cannot be resolved names no output of the lock.
          guard let path = pair.key.text, let known = try? resolve(path, own) else { continue }
          stage.flags[known] = pair.value
        }
      }
    }
    return stage
  }

  private struct Unknown: Error {
    var name: String
  }

  /// Puts values where `${…}` stands.
  private func resolve(_ text: String, _ own: [String: String]) throws(Unknown) -> String {
    var result = ""
    var rest = text[...]
    while let start = rest.firstRange(of: "${"),
      let end = rest[start.upperBound...].firstIndex(of: "}")
    {
      let name = rest[start.upperBound..<end].filter { $0 != " " }
      guard let value = own[name] ?? value(name) else { throw Unknown(name: name) }
      result += rest[..<start.lowerBound] + value
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private func value(_ name: String) -> String? {
    for values in values.reversed() {
      let found = name.split(separator: ".").reduce(values as YAMLNode?) { $0?[String($1)] }
      if let text = found?.text { return text }
    }
    return nil
  }
}
