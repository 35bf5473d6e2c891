import Platform

/// Makes the outputs of a notebook's cells from the messages of its kernel.
///
/// A value without input or output: what it does depends on the messages alone.
package struct OutputAssembler: Sendable {
  /// A change of a cell's outputs.
  package struct Event: Sendable, Equatable {
    package var cell: Int
    package var change: OutputChange
  }

  private struct Place: Hashable, Sendable {
    var cell: Int
    var index: Int
  }

  /// The widgets that the kernel has told of.
  private(set) var widgets = WidgetStates()
  private var outputWidgets: OutputWidgets
  private let limit: Int
  private var cells: [Int: CellOutputs] = [:]
  /// Where outputs are shown that may change, by the name that the kernel gave them.
  private var displays: [String: [Place]] = [:]

  /// - Parameter limit: bytes that are kept of each cell at most; 0 for no limit.
  package init(limit: Int) {
    self.limit = limit
    outputWidgets = OutputWidgets(limit: limit)
  }

  /// The outputs of a cell, as they stand in a notebook.
  package func outputs(of cell: Int, foldsLines: Bool = false) -> [NotebookJSON] {
    cells[cell]?.values(foldsLines: foldsLines) ?? []
  }

  /// The names and values of the errors that a cell showed.
  package func errors(of cell: Int) -> [NotebookJSON] {
    (cells[cell]?.outputs ?? []).compactMap { output in
      guard case .whole(let value) = output, value["output_type"]?.string == "error" else {
        return nil
      }
      return value
    }
  }

  /// Begins a cell anew.
  package mutating func begin(_ cell: Int) { clear(cell) }

  /// Takes a message in.
  ///
  /// - Parameters:
  ///   - size: the bytes of its content.
  ///   - request: the id of the message that it belongs to.
  ///   - cell: the one whose request that is; nil for none of the notebook's.
  /// - Returns: what it changed, in order.
  mutating func receive(
    _ kind: MessageKind, _ content: NotebookJSON, size: Int, buffers: [[UInt8]] = [],
    request: String? = nil, cell: Int?
  ) -> [Event] {
    let taker = outputWidgets.taker(of: request)
    switch kind {
    case .commOpen, .commMessage, .commClose:
      widgets.receive(kind, content, buffers: buffers)
      outputWidgets.receive(kind, content)
      return []
    case .updateDisplayData:
      return update(content)
    case .clearOutput:
      if let taker {
        outputWidgets.clear(taker, waits: content["wait"]?.bool == true)
        return []
      }
      guard let cell else { return [] }
      if content["wait"]?.bool == true {
        cells[cell, default: CellOutputs(limit: limit)].clearsBeforeNext = true
        return []
      }
      clear(cell)
      return [Event(cell: cell, change: .cleared)]
    case .stream, .displayData, .executeResult, .error:
      let events = kind == .stream || kind == .error ? [] : update(content)
      guard let output = CellOutput(kind, content) else { return events }
      if let taker {
        outputWidgets.append(output, size: size, to: taker)
        return events
      }
      guard let cell else { return events }
      return events + append(output, size: size, display: Self.display(content), to: cell)
    default:
      return []
    }
  }

  /// What the kernel has to be told of widgets that took outputs: the contents of messages over their comms.
  mutating func takeWidgetUpdates() -> [NotebookJSON] {
    outputWidgets.takeChanges().map { widget, outputs in
      let state: NotebookJSON = ["outputs": .array(outputs)]
      widgets.update(widget, state)
      return [
        "comm_id": .string(widget),
        "data": ["method": "update", "state": state, "buffer_paths": []],
      ]
    }
  }

  /// Adds an output of our own.
  package mutating func append(_ value: NotebookJSON, to cell: Int) -> [Event] {
    append(.whole(value), size: 0, display: nil, to: cell)
  }

  private mutating func append(
    _ output: CellOutput, size: Int, display: String?, to cell: Int
  ) -> [Event] {
    var events: [Event] = []
    if cells[cell]?.clearsBeforeNext == true {
      clear(cell)
      events.append(Event(cell: cell, change: .cleared))
    }
    guard
      let change = cells[cell, default: CellOutputs(limit: limit)].append(output, size: size)
    else { return events }
    if let display {
      let index = (cells[cell]?.outputs.count ?? 1) - 1
      displays[display, default: []].append(Place(cell: cell, index: index))
    }
    return events + [Event(cell: cell, change: change)]
  }

  /// Changes all outputs of the name that a content carries.
  private mutating func update(_ content: NotebookJSON) -> [Event] {
    guard let display = Self.display(content), let places = displays[display] else { return [] }
    let data = content["data"] ?? [:]
    let metadata = content["metadata"] ?? [:]
    return places.compactMap { place in
      cells[place.cell]?.update(place.index, data: data, metadata: metadata).map {
        Event(cell: place.cell, change: .updated(index: place.index, $0))
      }
    }
  }

  private mutating func clear(_ cell: Int) {
    cells[cell, default: CellOutputs(limit: limit)].clear()
    for name in Array(displays.keys)
    where displays[name]?.contains(where: { $0.cell == cell }) == true {
      displays[name]?.removeAll { $0.cell == cell }
    }
  }

  private static func display(_ content: NotebookJSON) -> String? {
    content["transient"]?["display_id"]?.string
  }
}
