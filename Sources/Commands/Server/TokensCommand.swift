import ArgumentParser
import Formats
import Platform
import Records
import Runner

/// `reprise server tokens`: words that sign programs in.
struct TokensCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokens",
    abstract: "List, create and revoke tokens, which sign programs in as a user for a time.",
    discussion: """
      Example: reprise server tokens create nightly --user ana --scope EDIT --days 30
               MLFLOW_TRACKING_TOKEN=rpt_… python train.py
      """,
    subcommands: [TokensList.self, TokensCreate.self, TokensRevoke.self],
    defaultSubcommand: TokensList.self)
}

/// `reprise server tokens list`.
struct TokensList: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the tokens; their words are not kept.")

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let tokens = try AccessPlace.open(records).tokens()
    let now = Clock.milliseconds()
    let json = tokens.map { user, token -> JSONValue in
      [
        "id": .int(token.id), "name": .string(token.name), "user": .string(user),
        "scope": .string(token.scope.rawValue), "created": .int(token.created),
        "expires": .int(token.expires),
      ]
    }
    console.show(.array(json)) {
      guard !tokens.isEmpty else { return "no tokens" }
      var table = TextTable([
        .init(title: "ID", alignment: .right), .init(title: "NAME", isText: true),
        .init(title: "USER", isText: true), .init(title: "SCOPE"), .init(title: "EXPIRES"),
      ])
      table.rows = tokens.map { user, token in
        [
          .init("\(token.id)"), .init(token.name, .bold), .init(user),
          .init(token.scope.rawValue),
          token.expires > now ? .init(localTime(token.expires)) : .init("expired", .dim),
        ]
      }
      return table.text(for: console)
    }
  }
}

/// `reprise server tokens create`.
struct TokensCreate: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "create", abstract: "Make a token; its word is told once.")

  @Argument(help: "What it is for.")
  var name: String

  @Option(help: "Whose it is.")
  var user: String

  @Option(help: "The most that it allows: READ, EDIT or MANAGE.")
  var scope = "EDIT"

  @Option(help: "Days until it ends.")
  var days = 30

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try AccessPlace.open(records)
    guard let level = AccessLevel(rawValue: scope), [.read, .edit, .manage].contains(level) else {
      throw Failure(
        .usage, "`\(scope)` is no scope", hint: "choose one of READ, EDIT, MANAGE")
    }
    guard (1...3650).contains(days) else {
      throw Failure(.usage, "a token lasts from 1 to 3650 days, not \(days)")
    }
    let (word, token) = try Refusal.told {
      try store.createToken(
        name, for: user, scope: level, lifetime: Int64(days) * 86_400_000)
    }
    console.show([
      "id": .int(token.id), "token": .string(word), "expires": .int(token.expires),
    ]) { word }
  }
}

/// `reprise server tokens revoke`.
struct TokensRevoke: RecordsCommand {
  static let configuration = CommandConfiguration(
    commandName: "revoke", abstract: "End a token now.")

  @Argument(help: "Its number in `reprise server tokens list`.")
  var id: Int64

  @OptionGroup var global: GlobalOptions

  func run(in records: RecordsFolder, console: Console) async throws {
    let store = try AccessPlace.open(records)
    try Refusal.told { try store.revokeToken(id) }
    console.show(["id": .int(id)]) { "revoked token \(id)" }
  }
}
