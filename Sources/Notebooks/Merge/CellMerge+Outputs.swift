extension CellMerge {
  /// Merges the outputs, and the execution count with them.
  static func outputs(
    _ base: Cell?, _ ours: Cell, _ theirs: Cell, _ options: MergeOptions, _ merged: inout Cell,
    _ conflicts: inout [String]
  ) {
    guard merged.kind == .code else {
      merged.outputs = []
      merged.executionCountValue = nil
      return
    }
    count(base, ours, theirs, options, &merged, &conflicts)
    if ours.outputs == theirs.outputs || theirs.outputs == base?.outputs { return }
    if ours.outputs == base?.outputs {
      merged.outputs = theirs.outputs
      return
    }
    let lists = [base?.outputs ?? [], ours.outputs, theirs.outputs]
    var interning = Interning()
    let numbers = lists.map { list in
      interning.numbers(list.map { withoutCount($0, options).text() })
    }
    let merge = ThreeWay(base: numbers[0], ours: numbers[1], theirs: numbers[2])
    var outputs: [NotebookJSON] = []
    for region in merge.regions {
      switch region {
      case .base(let range): outputs += lists[0][range]
      case .ours(let range): outputs += lists[1][range].map { withoutCount($0, options) }
      case .theirs(let range): outputs += lists[2][range]
      case .conflict(let base, let mine, let other):
        switch options.ofOutputs {
        case .useBase: outputs += lists[0][base]
        case .useLocal: outputs += lists[1][mine]
        case .useRemote: outputs += lists[2][other]
        case .union: outputs += lists[1][mine] + lists[2][other]
        case .remove: break
        case .clearAll:
          merged.outputs = []
          merged.executionCount = nil
          return
        case .inline:
          conflicts.append("outputs")
          outputs += [mark("<<<<<<< \(options.oursLabel)")] + lists[1][mine]
          outputs += [mark("=======")] + lists[2][other]
          outputs.append(mark(">>>>>>> \(options.theirsLabel)"))
        }
      }
    }
    merged.outputs = outputs
  }

  private static func count(
    _ base: Cell?, _ ours: Cell, _ theirs: Cell, _ options: MergeOptions, _ merged: inout Cell,
    _ conflicts: inout [String]
  ) {
    if ours.executionCount == theirs.executionCount { return }
    if ours.executionCount == base?.executionCount {
      merged.executionCount = theirs.executionCount
    } else if theirs.executionCount != base?.executionCount {
      switch options.strategy {
      case .useBase: merged.executionCount = base?.executionCount
      case .useLocal: break
      case .useRemote: merged.executionCount = theirs.executionCount
      default:
        if options.ignoresTransients {
          merged.executionCount = nil
        } else {
          conflicts.append("the execution count")
        }
      }
    }
  }

  private static func withoutCount(_ output: NotebookJSON, _ options: MergeOptions) -> NotebookJSON
  {
    guard options.ignoresTransients, output["execution_count"] != nil else { return output }
    var output = output
    output["execution_count"] = .null
    return output
  }

  /// A line among outputs.
  private static func mark(_ text: String) -> NotebookJSON {
    .object(["name": "stderr", "output_type": "stream", "text": .string(text + "\n")])
  }
}
