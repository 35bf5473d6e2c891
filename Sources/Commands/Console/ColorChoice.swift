import ArgumentParser
import Glibc
import Platform

/// Whether output is coloured: `--color`, then `NO_COLOR`, `CLICOLOR_FORCE`, `TERM=dumb`, then whether it is a terminal.
enum ColorChoice: String, Sendable, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  func applies(to descriptor: Int32) -> Bool {
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if variable("NO_COLOR") != nil { return false }
      if let force = variable("CLICOLOR_FORCE"), force != "0" { return true }
      if variable("TERM") == "dumb" { return false }
      return Terminal.isTerminal(descriptor)
    }
  }

  /// An empty variable counts as one that is not set (no-color.org).
  private func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
