import Formats
import Notebooks
import Platform
import Python

/// A rule about notebooks: `match: {check: outputs}`.
struct NotebookCheck: FileCheck {
  private enum Kind: String, CaseIterable {
    case valid, outputs, order, name, hygiene, install, paths, parameters
  }

  private let kind: Kind
  private let largestOutput: Int
  private let wantsTitle: Bool

  init(_ node: YAMLNode, _ options: RuleOptions) throws(ParseFailure) {
    let fields = try RuleFields(node, "`match`", known: ["check"])
    guard let kind = try fields.choice("check", Kind.self) else {
      throw node.failure("a rule about notebooks needs `check`")
    }
    self.kind = kind
    largestOutput = try options.int("max-output", 500_000)
    wantsTitle = try options.bool("title", true)
  }

  func run(_ file: CheckedFile, _ report: (FileFinding) -> Void) {
    guard file.language == .notebook else { return }
    if kind == .name { return checkName(file, report) }
    switch file.notebook {
    case .success(let notebook):
      switch kind {
      case .valid: checkForm(notebook, report)
      case .outputs: checkOutputs(notebook, report)
      case .order: checkOrder(notebook, report)
      case .hygiene: checkHygiene(notebook, report)
      case .install: CellLineCheck.installs(notebook, report)
      case .paths: CellLineCheck.paths(notebook, report)
      case .parameters: CellLineCheck.parameters(notebook, report)
      case .name: break
      }
    case .failure(let failure):
      // One rule says so, not all.
      guard kind == .valid else { return }
      let line = failure.line ?? 1
      let start = file.lines.start(ofLine: min(max(1, line), file.lines.count))
      let isMerge = file.bytes.firstRange(of: "\n<<<<<<< ".utf8) != nil
      report(
        FileFinding(isMerge ? "merge" : "invalid", start..<start, ["why": failure.message]))
    case nil: break
    }
  }

  /// `02-ab-clean-data.ipynb`: a number, initials, what it does.
  private func checkName(_ file: CheckedFile, _ report: (FileFinding) -> Void) {
    let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    let parts = name.dropLast(6).split(separator: "-", omittingEmptySubsequences: false)
    func isNumber(_ part: Substring) -> Bool {
      !part.isEmpty && part.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        && part.first != "." && part.last != "."
    }
    func isWord(_ part: Substring) -> Bool {
      !part.isEmpty
        && part.allSatisfy {
          $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "_") || !$0.isASCII
        }
    }
    let isRight =
      parts.count >= 3 && isNumber(parts[0]) && parts[1].count >= 2 && parts[1].count <= 4
      && parts[1].allSatisfy { $0.isASCII && $0.isLowercase } && parts[2...].allSatisfy(isWord)
    if !isRight { report(FileFinding("name", nil, ["name": name])) }
  }

  /// What nbstripout takes away. Outputs that are to be kept lose their counts all the same.
  private func checkOutputs(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    let bytes = notebook.bytes
    let keepsAll = notebook.metadata?["keep_output"].map { $0.isTrue(in: bytes) } ?? false
    for cell in notebook.cells where cell.kind == .code {
      let keeps = OutputWish(cell.node["metadata"], bytes).keeps ?? keepsAll
      let outputs = cell.outputs?.items ?? []
      var edits: [Fix.Edit] = []
      for node in [cell.executionCount] + (keeps ? outputs.map { $0["execution_count"] } : []) {
        guard let node, node.plain(in: bytes) != "null" else { continue }
        edits.append(Fix.Edit(node.range, "null"))
      }
      let goes = !keeps && !outputs.isEmpty
      if goes, let node = cell.outputs { edits.append(Fix.Edit(node.range, "[]")) }
      guard !edits.isEmpty else { continue }
      edits.sort { $0.range.lowerBound < $1.range.lowerBound }
      report(
        FileFinding(
          goes ? "outputs" : "count", goes ? cell.outputs?.range : edits[0].range,
          ["cell": String(cell.number), "outputs": String(outputs.count)], cell: cell.number,
          fix: Fix(isSafe: true, edits)))
    }
  }

  private func checkOrder(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    var last = 0
    for cell in notebook.cells where cell.kind == .code {
      guard let node = cell.executionCount,
        let count = node.plain(in: notebook.bytes).flatMap({ Int($0) })
      else { continue }
      if count != last + 1 {
        report(
          FileFinding(
            "order", node.range, ["count": String(count), "wanted": String(last + 1)],
            cell: cell.number))
        return
      }
      last = count
    }
  }

  // MARK: Hygiene

  /// The members of one level that nbstripout takes away too.
  private static func noise(_ prefix: String) -> [String] {
    MetadataKey.noise.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  private static let cellNoise = noise("cell.metadata.")
  private static let notebookNoise = noise("metadata.")

  private func checkHygiene(_ notebook: Notebook, _ report: (FileFinding) -> Void) {
    let bytes = notebook.bytes
    var ids: Set<String> = []
    for cell in notebook.cells {
      // Of those without a kind another rule says it.
      guard cell.kind != nil else { continue }
      if let node = cell.id, let id = node.string(in: bytes), !ids.insert(id).inserted {
        report(FileFinding("id", node.range, ["id": id], cell: cell.number))
      }
      let source = cell.source
      if source.allSatisfy(\.isWhitespace) {
        report(FileFinding("empty", cell.node.range.first(1), [:], cell: cell.number))
      }
      for output in cell.outputs?.items ?? [] {
        if output["output_type"]?.string(in: bytes) == "error" {
          let name = output["ename"]?.string(in: bytes) ?? "error"
          report(FileFinding("error", output.range.first(1), ["name": name], cell: cell.number))
        }
        if output.range.count > largestOutput {
          report(
            FileFinding(
              "large", output.range.first(1),
              [
                "size": ByteCount(Int64(output.range.count)).description,
                "max": ByteCount(Int64(largestOutput)).description,
              ], cell: cell.number))
        }
      }
      reportNoise(cell.node["metadata"], Self.cellNoise, bytes, cell.number, report)
    }
    reportNoise(notebook.metadata, Self.notebookNoise, bytes, nil, report)
    if notebook.metadata?["kernelspec"] == nil {
      report(FileFinding("kernel", notebook.root.range.first(1)))
    }
    guard wantsTitle, let first = notebook.cells.first else { return }
    let isTitle = first.kind == .heading || first.kind == .markdown && first.source.hasPrefix("#")
    if !isTitle { report(FileFinding("title", first.node.range.first(1), [:], cell: 1)) }
  }

  /// Whether a line begins as git begins and ends what is in conflict.
  static func holdsMark(_ source: String) -> Bool {
    // Nearly no source has seven of these signs in a row.
    var run = 0
    let mayHold = source.utf8.contains { byte in
      if byte == 0x20, run >= 7 { return true }
      run = byte == 0x3C || byte == 0x3E ? run + 1 : 0
      return false
    }
    let marks = ["<<<<<<< ", ">>>>>>> "]
    return mayHold
      && source.split(separator: "\n").contains { line in marks.contains(where: line.hasPrefix) }
  }

  private func reportNoise(
    _ metadata: JSONNode?, _ names: [String], _ bytes: [UInt8], _ cell: Int?,
    _ report: (FileFinding) -> Void
  ) {
    guard let metadata else { return }
    for name in names {
      guard let edit = metadata.removal(of: name, in: bytes) else { continue }
      report(
        FileFinding(
          "noise", metadata.members?.first { $0.key == name }?.keyRange, ["name": name], cell: cell,
          fix: Fix(isSafe: true, [edit])))
    }
  }
}

extension Range<Int> {
  /// Its first bytes.
  func first(_ count: Int) -> Range<Int> {
    lowerBound..<Swift.min(upperBound, lowerBound + count)
  }
}

extension JSONNode {
  /// Takes a member out of an object, with the comma that goes with it.
  func removal(of key: String, in bytes: [UInt8]) -> Fix.Edit? {
    guard let members, let index = members.firstIndex(where: { $0.key == key }) else { return nil }
    if index + 1 < members.count {
      return Fix.Edit(
        members[index].keyRange.lowerBound..<members[index + 1].keyRange.lowerBound, "")
    }
    if index > 0 {
      return Fix.Edit(
        members[index - 1].value.range.upperBound..<members[index].value.range.upperBound, "")
    }
    return Fix.Edit(range, "{}")
  }
}
