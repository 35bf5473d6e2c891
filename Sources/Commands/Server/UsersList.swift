import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise server users list`.
struct UsersList: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the users.")

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    guard FileSystem.exists(AccessStore.file(in: records.path)) else {
      return console.show([]) { UsersList.none }
    }
    let book = try AccessStore(in: records.path).book()
    let users = book.users.values.sorted { $0.id < $1.id }
    let json = users.map { user -> JSONValue in
      ["id": .int(user.id), "name": .string(user.name), "is_admin": .bool(user.isAdmin)]
    }
    console.show(.array(json)) {
      guard !users.isEmpty else { return UsersList.none }
      var table = TextTable([
        .init(title: "ID", alignment: .right), .init(title: "NAME", isText: true),
        .init(title: "STANDING"),
      ])
      table.rows = users.map {
        [.init("\($0.id)"), .init($0.name, .bold), .init($0.isAdmin ? "administrator" : "user")]
      }
      return table.text(for: console)
    }
  }

  private static let none =
    "no users: the server serves everybody on this machine; `reprise server users create` makes the first"
}
