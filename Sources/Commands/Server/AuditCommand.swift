import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise server audit`: what was done on the server, and what was tried.
struct AuditCommand: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract:
      "Show who signed in in vain, was refused, deleted something, or changed users; newest first.")

  @Option(name: .shortAndLong, help: "How many entries.")
  var number = 50

  @Option(help: "Only those of this user.")
  var user: String?

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    guard number > 0 else { throw Failure(.usage, "`--number` takes a number of at least 1") }
    let entries = try AccessPlace.open(records).audit(newest: number, user: user)
    let json = entries.map { entry -> JSONValue in
      [
        "time": .int(entry.time), "user": .string(entry.user), "address": .string(entry.address),
        "action": .string(entry.action), "subject": .string(entry.subject),
        "outcome": .string(entry.outcome),
      ]
    }
    console.show(.array(json)) {
      guard !entries.isEmpty else { return "nothing was noted" }
      var table = TextTable([
        .init(title: "TIME"), .init(title: "USER", isText: true), .init(title: "FROM"),
        .init(title: "ACTION", isText: true), .init(title: "SUBJECT", isText: true),
        .init(title: "OUTCOME"),
      ])
      table.rows = entries.map {
        [
          .init(localTime($0.time), .dim), .init($0.user), .init($0.address), .init($0.action),
          .init($0.subject), .init($0.outcome),
        ]
      }
      return table.text(for: console)
    }
  }
}
