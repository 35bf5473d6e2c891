import ArgumentParser

/// How much is said of a run, in Python's levels.
enum NotebookLogLevel: String, ExpressibleByArgument, CaseIterable, Sendable, Comparable {
  case notset = "NOTSET"
  case debug = "DEBUG"
  case info = "INFO"
  case warning = "WARNING"
  case error = "ERROR"
  case critical = "CRITICAL"

  /// As click takes them: in capitals.
  init?(argument: String) { self.init(rawValue: argument) }

  static func < (left: NotebookLogLevel, right: NotebookLogLevel) -> Bool {
    left.order < right.order
  }

  private var order: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
