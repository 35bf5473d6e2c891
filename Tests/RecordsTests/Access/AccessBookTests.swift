import Platform
import Records
import Support
import Testing

@Suite("Users, grants and what they allow") struct AccessBookTests {
  private let folder: TemporaryFolder
  private let store: AccessStore

  init() throws {
    folder = try TemporaryFolder()
    store = try AccessStore(in: folder.path)
    try store.createUser("ana", password: "a password of ana")
  }

  private func ana() throws -> AccessUser { try #require(try store.book().users["ana"]) }

  private func allows(_ questions: AccessQuestion...) throws -> Bool {
    try store.book().allows(ana(), questions)
  }

  @Test("without a grant the default counts")
  func defaults() throws {
    #expect(try allows(AccessQuestion(.experiment("1"), .at(.read))))
    #expect(try !allows(AccessQuestion(.experiment("1"), .at(.use))))
    #expect(try !allows(AccessQuestion(.runs, .at(.edit), else: .experiment("1"))))
    let closed = try AccessStore(in: folder.path, defaultLevel: .none)
    let book = try closed.book()
    #expect(!book.allows(try ana(), [AccessQuestion(.experiment("1"), .at(.read))]))
    #expect(book.allows(try ana(), [AccessQuestion(.experiment("1"), .noDenial)]))
    #expect(!book.readsAll(try ana()))
  }

  @Test(
    "each level includes those before it",
    arguments: [
      (AccessLevel.read, [true, false, false, false]), (.use, [true, true, false, false]),
      (.edit, [true, true, true, false]), (.manage, [true, true, true, true]),
      (.deny, [false, false, false, false]),
    ])
  func levels(_ level: AccessLevel, _ allowed: [Bool]) throws {
    try store.give(.experiment("1"), level, to: "ana")
    let needs: [AccessLevel] = [.read, .use, .edit, .manage]
    #expect(
      try needs.map { try allows(AccessQuestion(.experiment("1"), .at($0))) } == allowed)
    #expect(try allows(AccessQuestion(.experiment("2"), .at(.read))))
    #expect(try !allows(AccessQuestion(.experiment("12"), .at(.edit))))
    #expect(try !allows(AccessQuestion(.model("1"), .at(.edit))))
  }

  @Test("a denial wins over every other grant on the same thing, and over the default")
  func denial() throws {
    let role = try store.createRole("team", workspace: "default", description: nil)
    _ = try store.addGrant(role, .experiment("*"), "DENY")
    _ = try store.assign(role, to: ana())
    try store.give(.experiment("1"), .manage, to: "ana")
    #expect(try !allows(AccessQuestion(.experiment("1"), .at(.read))))
    #expect(try !allows(AccessQuestion(.experiment("1"), .noDenial)))
    #expect(try !store.book().readsAll(ana()))
    try store.deleteRole(role)
    #expect(try allows(AccessQuestion(.experiment("1"), .at(.manage))))
  }

  @Test("a grant on the nearer thing decides, also when it gives less")
  func tiers() throws {
    try store.give(.experiment("1"), .manage, to: "ana")
    let question = AccessQuestion(.runs, .at(.manage), else: .experiment("1"))
    #expect(try allows(question))
    try store.grant(.runs, "EDIT", to: "ana")
    #expect(try !allows(question))
    #expect(try allows(AccessQuestion(.runs, .at(.edit), else: .experiment("2"))))
  }

  @Test("roles of other workspaces say nothing here; who manages this one may do everything")
  func workspaces() throws {
    let other = try store.createRole("chief", workspace: "other", description: nil)
    _ = try store.addGrant(other, .workspace, "MANAGE")
    _ = try store.assign(other, to: ana())
    #expect(try !store.book().managesWorkspace(ana()))
    let chief = try store.createRole("chief", workspace: "default", description: "of all")
    _ = try store.addGrant(chief, .workspace, "MANAGE")
    _ = try store.assign(chief, to: ana())
    #expect(try store.book().managesWorkspace(ana()))
    #expect(try allows(AccessQuestion(.experiment("1"), .at(.manage))))
  }

  @Test("an administrator may do everything, until they are one no more")
  func admin() throws {
    try store.give(.experiment("1"), .deny, to: "ana")
    try store.updateUser("ana", isAdmin: true)
    #expect(try allows(AccessQuestion(.experiment("1"), .at(.manage))))
    try store.updateUser("ana", isAdmin: false)
    #expect(try !allows(AccessQuestion(.experiment("1"), .at(.read))))
  }

  @Test("grants on a model move with its name and go with it, those of roles stay")
  func renamed() throws {
    try store.give(.model("old"), .manage, to: "ana")
    let role = try store.createRole("team", workspace: "default", description: nil)
    _ = try store.addGrant(role, .model("old"), "EDIT")
    try store.replaceGrants(on: .model("old"), with: .model("new"))
    #expect(try store.book().level(of: ana(), on: .model("new")) == .manage)
    #expect(try store.book().level(of: ana(), on: .model("old")) == .read)
    try store.replaceGrants(on: .model("new"), with: nil)
    #expect(try store.book().level(of: ana(), on: .model("new")) == .read)
    #expect(try store.book().roles[role]?.grants.map(\.subject) == [.model("old")])
  }
}

@Suite("The database of users") struct AccessStoreTests {
  private let folder: TemporaryFolder
  private let store: AccessStore

  init() throws {
    folder = try TemporaryFolder()
    store = try AccessStore(in: folder.path)
  }

  @Test("it can be read by its owner only, and holds no password")
  func file() throws {
    try store.createUser("ana", password: "a password of ana")
    let (word, _) = try store.createToken("t", for: "ana", scope: .edit, lifetime: 1000)
    #expect(try FileSystem.status(store.file)?.mode == 0o600)
    for name in try FileSystem.names(in: folder.path) {
      let bytes = try FileSystem.read(folder.path.appending(name))
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("a password of ana") && !text.contains(word), "\(name)")
    }
  }

  @Test("what another process changes holds at once")
  func others() throws {
    let other = try AccessStore(in: folder.path)
    try other.createUser("ana", password: "a password of ana", isAdmin: true)
    #expect(try store.book().users["ana"]?.isAdmin == true)
    let (word, token) = try other.createToken("t", for: "ana", scope: .read, lifetime: 60_000)
    #expect(try store.book().token(word, now: Clock.milliseconds())?.1.name == "ana")
    #expect(try store.book().token(word, now: token.expires) == nil)
    #expect(try store.book().token(word + "x", now: Clock.milliseconds()) == nil)
    try other.revokeToken(token.id)
    #expect(try store.book().token(word, now: Clock.milliseconds()) == nil)
    try other.deleteUser("ana")
    #expect(try store.book().users.isEmpty)
  }

  @Test(
    "names and passwords that will not do are refused",
    arguments: [
      ("", "long enough, surely"), ("a:b", "long enough, surely"), ("a\nb", "long enough, surely"),
      ("ana", ""), ("ana", "elevenchars"), ("ana", "password1234"),
      ("ana", String(repeating: "x", count: 2000)),
      (String(repeating: "n", count: 300), "long enough, surely"),
    ])
  func refused(_ name: String, _ password: String) throws {
    let error = #expect(throws: RecordFailure.self) {
      try store.createUser(name, password: password)
    }
    #expect(error?.code == .invalidParameterValue)
    #expect(try store.book().users.isEmpty)
  }

  @Test("who is deleted leaves no grant and no token to a namesake")
  func namesake() throws {
    try store.createUser("ana", password: "a password of ana")
    try store.give(.experiment("1"), .manage, to: "ana")
    let (word, _) = try store.createToken("t", for: "ana", scope: .edit, lifetime: 60_000)
    try store.deleteUser("ana")
    try store.createUser("ana", password: "another password")
    let book = try store.book()
    #expect(book.token(word, now: Clock.milliseconds()) == nil)
    let ana = try #require(book.users["ana"])
    #expect(book.level(of: ana, on: .experiment("1")) == .read)
    #expect(book.roles.isEmpty)
  }

  @Test("the audit keeps the newest, and cuts long texts")
  func audit() throws {
    for index in 0..<250 {
      try store.audit(
        AuditEntry(
          time: Int64(index), user: index % 2 == 0 ? "ana" : "bo", address: "127.0.0.1",
          action: "sign-in", subject: String(repeating: "s", count: 5000), outcome: "failed"))
    }
    let newest = try store.audit(newest: 3)
    #expect(newest.map(\.time) == [249, 248, 247])
    #expect(newest[0].subject.utf8.count == 200)
    #expect(try store.audit(newest: 1000, user: "ana").count == 125)
  }

  @Test("a file of another program is left alone")
  func foreign() throws {
    let other = try TemporaryFolder()
    try other.write("not a database, but long enough to be looked at", to: "access.db")
    #expect(throws: Failure.self) { try AccessStore(in: other.path) }
    #expect(try other.read("access.db") == "not a database, but long enough to be looked at")
  }
}
