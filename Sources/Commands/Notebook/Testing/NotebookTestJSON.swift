import Formats
import Runner

extension NotebookTestReport {
  /// `{"path", "verdict", "kernel", "seconds", "updated", "counts": {VERDICT: number}, "cells": […]}`, or with `error` in
  /// place of the last three when it was not tested.
  var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("path", .string(name)), .init("verdict", .string(verdict.rawValue)),
      .init("kernel", kernel.map { .string($0) } ?? .null), .init("seconds", .double(seconds)),
    ]
    switch outcome {
    case .tested(let result):
      members += [
        .init("updated", .bool(isUpdated)),
        .init(
          "counts",
          .object(
            CellVerdict.Kind.allCases.map {
              .init($0.rawValue, .int(Int64(result.count($0))))
            })),
        .init("cells", .array(result.cells.map(\.json))),
      ]
    case .impossible(let failure): members.append(.init("error", failure.json))
    case .interrupted: break
    }
    return .object(members)
  }
}

extension CellVerdict {
  /// `{"cell", "id", "verdict"}`, and what there is of `detail`, `differences`, `largest_absolute`, `largest_relative`,
  /// `traceback`, `seconds` and `outputs`, which are as `notebook diff --json` has them.
  fileprivate var json: JSONValue {
    var members: [JSONValue.Member] = [
      .init("cell", .int(Int64(number))), .init("id", .string(id)),
      .init("verdict", .string(kind.rawValue)),
    ]
    if let detail { members.append(.init("detail", .string(detail))) }
    if differences > 0 { members.append(.init("differences", .int(Int64(differences)))) }
    if let largestAbsolute { members.append(.init("largest_absolute", .double(largestAbsolute))) }
    if let largestRelative { members.append(.init("largest_relative", .double(largestRelative))) }
    if let traceback { members.append(.init("traceback", .string(traceback))) }
    if let seconds { members.append(.init("seconds", .double(seconds))) }
    if !changes.isEmpty { members.append(.init("outputs", .array(changes.map(\.json)))) }
    return .object(members)
  }
}
