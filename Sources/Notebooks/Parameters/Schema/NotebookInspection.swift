import Formats

/// What there is to know about a notebook before it runs.
package struct NotebookInspection: Sendable {
  private let document: NotebookDocument
  private let path: String

  package init(of document: NotebookDocument, at path: String) {
    self.document = document
    self.path = path
  }

  package var parameters: [NotebookParameter] { document.parameters }

  /// `notebook`, `kernel`, `language`, `cells` (counts), `parameters_cell` (its number, from 1), `parameters`.
  package var json: JSONValue {
    let counts = Dictionary(document.cells.map { ($0.kind.name, 1) }, uniquingKeysWith: +)
    return [
      "notebook": .string(path),
      "kernel": document.kernelName.map { .string($0) } ?? .null,
      "language": document.language.map { .string($0) } ?? .null,
      "cells": .object(
        counts.sorted { $0.key < $1.key }.map { .init($0.key, .int(Int64($0.value))) }),
      "parameters_cell": document.firstIndex(tagged: NotebookDocument.parametersTag)
        .map { .int(Int64($0 + 1)) } ?? .null,
      "parameters": .array(parameters.map(\.json)),
    ]
  }
}

extension NotebookParameter {
  /// `name`, `type`, `declared`, `default` (null where it is no literal), `default_text`, `choices`, `range`, `help`,
  /// `line`.
  package var json: JSONValue {
    [
      "name": .string(name), "type": .string(type.text), "declared": .bool(isDeclared),
      "default": defaultValue.map(Self.json) ?? .null,
      "default_text": defaultText.map { .string($0) } ?? .null,
      "choices": type.choices.isEmpty ? .null : .array(type.choices.map(Self.json)),
      "range": range.map(Self.json) ?? .null,
      "help": .string(help), "line": .int(Int64(line)),
    ]
  }

  private static func json(_ range: ParameterRange) -> JSONValue {
    [
      "text": .string(range.text), "min": .double(range.lower), "max": .double(range.upper),
      "includes_min": .bool(range.includesLower), "includes_max": .bool(range.includesUpper),
    ]
  }

  private static func json(_ value: YAMLValue) -> JSONValue {
    switch value {
    case .none: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .float(let value): .double(value)
    case .list(let items), .tuple(let items), .set(let items): .array(items.map(json))
    case .map(let entries):
      .object(entries.map { .init($0.key.pythonText, json($0.value)) })
    case .bigInt, .string, .bytes, .date, .dateTime: .string(value.pythonText)
    }
  }
}
