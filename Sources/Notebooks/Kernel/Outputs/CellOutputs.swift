import Platform

/// The outputs of one cell, as they come.
struct CellOutputs: Sendable {
  private(set) var outputs: [CellOutput] = []
  /// Whether the next output takes the place of all others.
  var clearsBeforeNext = false
  /// Bytes that are kept at most; 0 for no limit.
  private let limit: Int
  private var kept = 0
  private var dropped = 0

  init(limit: Int) { self.limit = limit }

  /// As they stand in a notebook, with a notice at the end when some were dropped.
  ///
  /// - Parameter foldsLines: whether streams are shown as a terminal shows them, see ``TerminalText``.
  func values(foldsLines: Bool) -> [NotebookJSON] {
    var values = outputs.map { output -> NotebookJSON in
      guard foldsLines, case .stream(let name, let text) = output else { return output.value }
      return CellOutput.stream(name: name, text: TerminalText.folded(text)).value
    }
    if dropped > 0 {
      let notice =
        "[the outputs of this cell are over the limit of \(ByteCount(Int64(limit))): "
        + "\(ByteCount(Int64(dropped))) more were dropped]\n"
      values.append(CellOutput.stream(name: "stderr", text: notice).value)
    }
    return values
  }

  /// Takes all away.
  mutating func clear() {
    outputs = []
    clearsBeforeNext = false
    kept = 0
    dropped = 0
  }

  /// Puts an output behind the others, a text of the same stream to the last one.
  ///
  /// - Parameter size: the bytes that it takes.
  /// - Returns: what came of it; nil when it was dropped.
  mutating func append(_ output: CellOutput, size: Int) -> OutputChange? {
    switch output {
    case .stream(let name, let text):
      let text = fitting(text)
      guard !text.isEmpty else { return nil }
      if case .stream(name, var all)? = outputs.last {
        // Let go of before it grows, so that it grows in place.
        outputs[outputs.count - 1] = .stream(name: name, text: "")
        all += text
        outputs[outputs.count - 1] = .stream(name: name, text: all)
      } else {
        outputs.append(.stream(name: name, text: text))
      }
      return .streamed(name: name, text: text)
    case .whole(let value):
      // How a cell failed is always kept.
      let isError = value["output_type"]?.string == "error"
      guard isError || limit == 0 || (dropped == 0 && size <= limit - kept) else {
        dropped += size
        return nil
      }
      kept += size
      outputs.append(output)
      return .appended(value)
    }
  }

  /// Gives the output of a place other data.
  mutating func update(_ index: Int, data: NotebookJSON, metadata: NotebookJSON) -> NotebookJSON? {
    guard outputs.indices.contains(index), case .whole(var value) = outputs[index] else {
      return nil
    }
    value["data"] = data
    value["metadata"] = metadata
    outputs[index] = .whole(value)
    return value
  }

  /// The part of a text that is within the limit.
  private mutating func fitting(_ text: String) -> String {
    let size = text.utf8.count
    guard limit > 0 else { return text }
    let room = dropped > 0 ? 0 : limit - kept
    guard size > room else {
      kept += size
      return text
    }
    var end = text.utf8.index(text.startIndex, offsetBy: max(0, room))
    while end > text.startIndex, String.Index(end, within: text.unicodeScalars) == nil {
      end = text.utf8.index(before: end)
    }
    let part = String(text[..<end])
    kept += part.utf8.count
    dropped += size - part.utf8.count
    return part
  }
}
