import Formats
import Platform
import SystemPackage

/// A check of a project as a whole: which files there are, and what they are called.
package protocol ProjectCheck: Sendable {
  /// Tells what it finds, in any order.
  func run(_ project: ProjectFiles, _ report: (ProjectFinding) -> Void)
}

/// What a check of a project found.
package struct ProjectFinding: Sendable {
  /// One of the rule's messages.
  package var code: String?
  /// From the project's root.
  package var path: String
  /// Counted from 1; nil for the file as a whole.
  package var line: Int?
  package var column: Int?
  package var values: [String: String]
  /// Told as it is, in place of the rule's message.
  package var message: String?

  package init(
    _ code: String? = nil, _ path: String, line: Int? = nil, column: Int? = nil,
    _ values: [String: String] = [:], message: String? = nil
  ) {
    self.code = code
    self.path = path
    self.line = line
    self.column = column
    self.values = values
    self.message = message
  }
}

/// The files of a project, of the work tree or of git's index.
package struct ProjectFiles {
  package var root: FilePath
  /// Whether what is looked at is git's index, and not what lies on disk.
  package var isStaged: Bool
  /// All of them from the project's root, in the order of their bytes.
  package var paths: [String]
  /// Those that are looked at; what concerns single files concerns only these.
  package var checked: Set<String>
  /// In bytes; nil when it is not known.
  package var size: (String) -> Int64?
  package var read: (String) -> [UInt8]?
  /// Whether git leaves a path alone, which need not be there.
  package var isIgnored: (String) -> Bool
  /// Whether git keeps it, or is about to.
  package var isTracked: (String) -> Bool

  package init(
    root: FilePath, isStaged: Bool = false, paths: [String], checked: Set<String>,
    size: @escaping (String) -> Int64?,
    read: @escaping (String) -> [UInt8]?, isIgnored: @escaping (String) -> Bool,
    isTracked: @escaping (String) -> Bool
  ) {
    self.root = root
    self.isStaged = isStaged
    self.paths = paths
    self.checked = checked
    self.size = size
    self.read = read
    self.isIgnored = isIgnored
    self.isTracked = isTracked
  }
}

/// The kinds of rules about whole projects, and how their `match` is read.
enum ProjectChecks {
  typealias Reader =
    @Sendable (YAMLNode, RuleOptions, RuleScope) throws(ParseFailure) -> any ProjectCheck

  static let readers: [String: Reader] = [
    "layout": { (node, options, scope) throws(ParseFailure) in
      try LayoutCheck(node, scope)
    },
    "command": { (node, options, scope) throws(ParseFailure) in
      try CommandCheck(node, scope)
    },
    "project": { (node, options, scope) throws(ParseFailure) in
      try ManifestCheck(node, options)
    },
  ]
}
