import Formats
import Platform

/// A suite of another tool, as ours: what could be taken over, and what could not.
package struct ForeignSuite: Sendable {
  package enum Tool: String, Sendable, CaseIterable {
    case greatExpectations = "great-expectations"
    case pandera, soda
  }

  package var tool: Tool
  /// As the other tool calls it; nil when it has no name.
  package var name: String?
  package var suite: DataSuite
  /// What has no counterpart here, or not quite, each with its place.
  package var remarks: [Remark]

  package struct Remark: Sendable, Hashable {
    package var what: String
    package var why: String
    package var location: SourceLocation
    /// Whether a test was made all the same, which is not quite the other's.
    package var isTranslated: Bool
  }

  /// Reads a file of another tool: YAML or JSON.
  ///
  /// - Parameters:
  ///   - tool: nil: by what is in the file.
  ///   - file: how messages call it.
  ///   - data: of the suites; nil: what they seem to be of.
  /// - Returns: a suite for each table that the file is of.
  /// - Throws: ``Failure``: it cannot be read, or is of none of the tools.
  package static func read(
    _ bytes: [UInt8], file: String, tool: Tool? = nil, data: String? = nil
  ) throws(Failure) -> [ForeignSuite] {
    let root: YAMLNode?
    do throws(ParseFailure) {
      root = try YAMLNode(parsing: bytes, limits: DataSuite.limits)
    } catch { throw error.failure(in: file) }
    guard let root, let found = tool ?? detected(root) else {
      throw Failure(
        .invalid, "`\(file)` is no suite of Great Expectations, pandera or Soda",
        hint: "say which one it is: --from great-expectations",
        at: SourceLocation(file: file, line: 1, column: 1))
    }
    let node = ForeignNode(root, file: file)
    switch found {
    case .greatExpectations: return try GreatExpectationsReader(node, data).suites()
    case .pandera: return try PanderaReader(node, data).suites()
    case .soda: return try SodaReader(node, data).suites()
    }
  }

  private static func detected(_ root: YAMLNode) -> Tool? {
    let keys = (root.pairs ?? []).compactMap(\.key.text)
    if keys.contains("expectations") { return .greatExpectations }
    if keys.contains("schema_type") || keys.contains("columns") && !keys.contains("data") {
      return .pandera
    }
    let isSoda = keys.contains { key in
      ["checks for ", "for each ", "profile columns", "filter ", "configurations for "].contains {
        key.hasPrefix($0)
      } || key == "checks"
    }
    return isSoda ? .soda : nil
  }
}
