import Logging

/// Where the server writes what went wrong: stderr.
package enum ServerLog {
  package static func logger() -> Logger {
    var logger = Logger(label: "reprise") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .warning
    return logger
  }
}
