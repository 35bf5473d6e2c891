import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise server users create`.
struct UsersCreate: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a user, with a password that is told once.",
    discussion: """
      Example: reprise server users create ana --admin
               pass show mlflow/ana | reprise server users create ana --password-stdin
      """)

  @Argument(help: "The name.")
  var name: String

  @Flag(help: "Make an administrator, who may do everything.")
  var admin = false

  @OptionGroup var password: PasswordOptions
  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    try records.create()
    let word = try password.word()
    let user = try Refusal.told {
      try AccessStore(in: records.path).createUser(name, password: word.text, isAdmin: admin)
    }
    var json: [JSONValue.Member] = [
      .init("id", .int(user.id)), .init("name", .string(name)), .init("is_admin", .bool(admin)),
    ]
    if word.isNew { json.append(.init("password", .string(word.text))) }
    console.show(.object(json)) {
      "created \(admin ? "administrator" : "user") \(name)"
        + (word.isNew ? "\npassword: \(word.text)" : "")
    }
  }
}
