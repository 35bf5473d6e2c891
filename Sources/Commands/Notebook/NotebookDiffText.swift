import Notebooks
import Platform

/// A difference of notebooks for a terminal.
struct NotebookDiffText {
  private let console: Console
  /// Of the terminal; nil cuts nothing.
  private let width: Int?

  init(_ console: Console) { self.init(console, width: console.width) }

  init(_ console: Console, width: Int?) {
    self.console = console
    self.width = width
  }

  func text(_ compared: NotebookPair.Compared) -> String {
    var lines = [
      console.styled("--- " + compared.oldName, .bold),
      console.styled("+++ " + compared.newName, .bold),
    ]
    if !compared.difference.metadata.isEmpty {
      lines += [head("metadata of the notebook")] + values(compared.difference.metadata)
    }
    for change in compared.difference.cells { lines += self.lines(change) }
    return lines.joined(separator: "\n")
  }

  private func head(_ text: String) -> String { console.styled("## " + text, .cyan) }

  private func removed(_ text: String) -> String { console.styled(fit("-" + text), .red) }

  private func added(_ text: String) -> String { console.styled(fit("+" + text), .green) }

  /// As wide as the terminal, on one line.
  private func fit(_ text: String) -> String {
    let line = singleLine(text)
    guard let width, textWidth(line) > width else { return line }
    return fitted(line, to: width)
  }

  private func lines(_ change: NotebookDifference.Change) -> [String] {
    switch change {
    case .removed(let cell, let number):
      [head("cell \(number) (\(cell.kind.name)) is gone")]
        + PythonLines.splitWithoutEnds(cell.source).map(removed)
        + cell.outputs.flatMap { summary($0).map(removed) }
    case .added(let cell, let number):
      [head("cell \(number) (\(cell.kind.name)) is new")]
        + PythonLines.splitWithoutEnds(cell.source).map(added)
        + cell.outputs.flatMap { summary($0).map(added) }
    case .changed(let difference): lines(difference)
    }
  }

  private func lines(_ cell: CellDifference) -> [String] {
    var lines: [String] = []
    let name = "cell \(cell.number) (\(cell.cell.kind.name))"
    if let kind = cell.oldKind { lines.append(head("\(name): was \(kind.name)")) }
    if let source = cell.source { lines += [head("\(name): source")] + text(source) }
    if let id = cell.oldID {
      lines += [head("\(name): id"), removed(id), added(cell.cell.id)]
    }
    if !cell.metadata.isEmpty { lines += [head("\(name): metadata")] + values(cell.metadata) }
    if !cell.attachments.isEmpty {
      lines.append(head("\(name): attachments"))
      for change in cell.attachments {
        let path = change.path.joined(separator: ".")
        if change.old != nil { lines.append(removed(path)) }
        if change.new != nil { lines.append(added(path)) }
      }
    }
    if let count = cell.count {
      lines += [
        head("\(name): execution count"), removed(count.old.map(String.init) ?? "null"),
        added(count.new.map(String.init) ?? "null"),
      ]
    }
    if !cell.outputs.isEmpty { lines.append(head("\(name): outputs")) }
    return lines + self.lines(cell.outputs)
  }

  /// What outputs of a cell were and are.
  func lines(_ changes: [OutputDifference]) -> [String] {
    changes.flatMap { change in
      switch change {
      case .removed(let output): summary(output).map(removed)
      case .added(let output): summary(output).map(added)
      case .changed(let parts): parts.flatMap(self.lines)
      }
    }
  }

  private func lines(_ part: OutputDifference.PartChange) -> [String] {
    switch part.content {
    case .text(let difference): [console.styled("#  " + part.name, .dim)] + text(difference)
    case .table(let table): [console.styled("#  table", .dim)] + lines(table)
    case .data(let old, let new):
      (old.map { [removed($0.text)] } ?? []) + (new.map { [added($0.text)] } ?? [])
    case .values(let changes): [console.styled("#  " + part.name, .dim)] + values(changes)
    }
  }

  private func lines(_ table: TableDifference) -> [String] {
    table.removedColumns.map { removed("column \($0)") }
      + table.addedColumns.map { added("column \($0)") }
      + table.removedRows.map { removed($0.joined(separator: " | ")) }
      + table.addedRows.map { added($0.joined(separator: " | ")) }
      + table.cells.map { cell in
        fit(" row \(cell.row), column \(cell.column): \(cell.old) -> \(cell.new)")
      }
  }

  private func text(_ difference: TextDifference) -> [String] {
    difference.hunks.flatMap { hunk in
      [
        console.styled(
          "@@ -\(hunk.oldStart),\(hunk.oldCount) +\(hunk.newStart),\(hunk.newCount) @@", .cyan)
      ]
        + hunk.lines.map { line in
          switch line {
          case .same(let text): fit(" " + bare(text))
          case .removed(let text): removed(bare(text))
          case .added(let text): added(bare(text))
          }
        }
    }
  }

  private func bare(_ line: String) -> String {
    PythonLines.splitWithoutEnds(line).first ?? ""
  }

  private func values(_ changes: [ValueChange]) -> [String] {
    changes.flatMap { change in
      let path = change.path.joined(separator: ".")
      return (change.old.map { [removed("\(path): \($0.text())")] } ?? [])
        + (change.new.map { [added("\(path): \($0.text())")] } ?? [])
    }
  }

  /// What an output shows, in a few lines.
  private func summary(_ output: NotebookJSON) -> [String] { OutputText.summary(output) }
}
