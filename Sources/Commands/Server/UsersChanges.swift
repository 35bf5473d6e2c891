import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise server users password`.
struct UsersPassword: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "password",
    abstract: "Give a user another password; the old one is refused at once.")

  @Argument(help: "The name.")
  var name: String

  @OptionGroup var password: PasswordOptions
  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try AccessPlace.open(records)
    let word = try password.word()
    try Refusal.told { try store.updateUser(name, password: word.text) }
    let json: JSONValue =
      word.isNew
      ? ["name": .string(name), "password": .string(word.text)] : ["name": .string(name)]
    console.show(json) {
      "changed the password of \(name)" + (word.isNew ? "\npassword: \(word.text)" : "")
    }
  }
}

/// `reprise server users admin`.
struct UsersAdmin: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "admin", abstract: "Make a user an administrator, or one no more.")

  @Argument(help: "The name.")
  var name: String

  @Flag(name: .customLong("revoke"), help: "Make an administrator a user.")
  var revokes = false

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try AccessPlace.open(records)
    try Refusal.told { try store.updateUser(name, isAdmin: !revokes) }
    console.show(["name": .string(name), "is_admin": .bool(!revokes)]) {
      revokes ? "\(name) is no administrator" : "\(name) is an administrator"
    }
  }
}

/// `reprise server users delete`.
struct UsersDelete: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: "Delete a user with what was granted to them, and their tokens.")

  @Argument(help: "The name.")
  var name: String

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try AccessPlace.open(records)
    try Refusal.told { try store.deleteUser(name) }
    console.show(["name": .string(name)]) { "deleted user \(name)" }
  }
}

/// Where the users of a project's server are.
enum AccessPlace {
  /// - Throws: ``Failure`` when there are none: looking makes no database.
  static func open(_ records: RecordsFolder) throws -> AccessStore {
    guard FileSystem.exists(AccessStore.file(in: records.path)) else {
      throw Failure(
        .notFound, "the server has no users",
        hint: "make the first with `reprise server users create NAME --admin`")
    }
    return try AccessStore(in: records.path)
  }
}
