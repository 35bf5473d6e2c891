import Platform
import SystemPackage

/// How a kernel is to be started and watched.
package struct KernelOptions: Sendable {
  /// Where a kernel comes from.
  package enum Start: String, Sendable, Hashable {
    /// A process of its own, started from nothing.
    case cold
    /// Forked from one that had everything loaded.
    case warm
  }

  /// All variables of the kernel but its spec's own.
  package var variables: [String: String]
  /// Where its code runs.
  package var directory: FilePath
  /// How long a start may take.
  package var startLimit: Duration = .seconds(60)
  /// Whether a warm start may be tried, where one is safe.
  package var allowsWarm = true
  /// The folder of the fork-servers; one of this user when nil.
  package var serverFolder: FilePath?
  /// Seconds without work after which a fork-server that we start ends.
  package var serverIdle = 600
  /// How long a kernel gets to do what it is asked: stop a cell, and end.
  package var patience: Duration = .seconds(5)
  /// How long late output of a cell is waited for before the next one is sent.
  package var settling: Duration = .milliseconds(5)
  /// Where the folder of the kernel's sockets is made; the system's temporary folder when nil.
  package var temporaryFolder: FilePath?
  /// Bytes that are kept of each cell's outputs; 0 for no limit.
  package var outputLimit = 64 << 20

  package init(variables: [String: String], directory: FilePath) {
    self.variables = variables
    self.directory = directory
  }
}
