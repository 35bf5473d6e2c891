import Formats
import Notebooks

extension NotebookPair.Compared {
  /// `{"old", "new", "metadata": [{path, old, new}], "cells": [{"change": "added"|"removed"|"changed", …}]}`
  var json: JSONValue {
    .object([
      .init("old", .string(oldName)), .init("new", .string(newName)),
      .init("metadata", .array(difference.metadata.map(\.json))),
      .init("cells", .array(difference.cells.map(\.json))),
    ])
  }
}

extension NotebookDifference.Change {
  fileprivate var json: JSONValue {
    switch self {
    case .removed(let cell, let number): cell.json("removed", number)
    case .added(let cell, let number): cell.json("added", number)
    case .changed(let difference): difference.json
    }
  }
}

extension NotebookDocument.Cell {
  fileprivate func json(_ change: String, _ number: Int) -> JSONValue {
    .object([
      .init("change", .string(change)), .init("cell", .int(Int64(number))),
      .init("id", .string(id)),
      .init("type", .string(kind.name)), .init("source", .string(source)),
      .init(
        "outputs",
        .array(outputs.map { .string(OutputText.summary($0).joined(separator: "\n")) })),
    ])
  }
}

extension CellDifference {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("change", .string("changed")), .init("cell", .int(Int64(number))),
      .init("old_cell", .int(Int64(oldNumber))), .init("id", .string(cell.id)),
      .init("type", .string(cell.kind.name)),
    ]
    if let oldKind { members.append(.init("old_type", .string(oldKind.name))) }
    if let oldID { members.append(.init("old_id", .string(oldID))) }
    if let source { members.append(.init("source", source.json)) }
    if !metadata.isEmpty { members.append(.init("metadata", .array(metadata.map(\.json)))) }
    if !attachments.isEmpty {
      members.append(.init("attachments", .array(attachments.map(\.json))))
    }
    if let count {
      members.append(
        .init(
          "execution_count",
          .array([count.old, count.new].map { $0.map { .int(Int64($0)) } ?? .null })))
    }
    if !outputs.isEmpty { members.append(.init("outputs", .array(outputs.map(\.json)))) }
    return .object(members)
  }
}

extension ValueChange {
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [.init("path", .array(path.map { .string($0) }))]
    if let old { members.append(.init("old", .string(old.text()))) }
    if let new { members.append(.init("new", .string(new.text()))) }
    return .object(members)
  }
}

extension TextDifference {
  /// Hunks with their lines as a unified diff has them.
  fileprivate var json: JSONValue {
    .array(
      hunks.map { hunk in
        .object([
          .init("old_start", .int(Int64(hunk.oldStart))),
          .init("new_start", .int(Int64(hunk.newStart))),
          .init(
            "lines",
            .array(
              hunk.lines.map { line in
                switch line {
                case .same(let text): .string(" " + text)
                case .removed(let text): .string("-" + text)
                case .added(let text): .string("+" + text)
                }
              })),
        ])
      })
  }
}

extension OutputDifference {
  /// `{"removed": text}`, `{"added": text}` or `{"changed": [{name, text | table | data | values}]}`
  var json: JSONValue {
    switch self {
    case .removed(let output):
      .object([.init("removed", .string(OutputText.summary(output).joined(separator: "\n")))])
    case .added(let output):
      .object([.init("added", .string(OutputText.summary(output).joined(separator: "\n")))])
    case .changed(let parts): .object([.init("changed", .array(parts.map(\.json)))])
    }
  }
}

extension OutputDifference.PartChange {
  fileprivate var json: JSONValue {
    let (key, value): (String, JSONValue) =
      switch content {
      case .text(let difference): ("text", difference.json)
      case .table(let table): ("table", table.json)
      case .data(let old, let new):
        ("data", .array([old, new].map { $0.map { .string($0.text) } ?? .null }))
      case .values(let changes): ("values", .array(changes.map(\.json)))
      }
    return .object([.init("name", .string(name)), .init(key, value)])
  }
}

extension TableDifference {
  fileprivate var json: JSONValue {
    .object([
      .init(
        "cells",
        .array(
          cells.map {
            .object([
              .init("row", .string($0.row)), .init("column", .string($0.column)),
              .init("old", .string($0.old)), .init("new", .string($0.new)),
            ])
          })),
      .init("removed_rows", .array(removedRows.map { .array($0.map { .string($0) }) })),
      .init("added_rows", .array(addedRows.map { .array($0.map { .string($0) }) })),
      .init("removed_columns", .array(removedColumns.map { .string($0) })),
      .init("added_columns", .array(addedColumns.map { .string($0) })),
    ])
  }
}
