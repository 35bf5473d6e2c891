import ArgumentParser

/// `reprise server users`: who may use the server.
struct UsersCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "users",
    abstract: "List, create and delete the users of the server, and change their passwords.",
    discussion: """
      They stand in access.db beside the records. A server that has users asks everybody who they are:

        reprise server users create ana --admin
        reprise server users password ana
      """,
    subcommands: [
      UsersList.self, UsersCreate.self, UsersPassword.self, UsersAdmin.self, UsersDelete.self,
    ],
    defaultSubcommand: UsersList.self)
}
