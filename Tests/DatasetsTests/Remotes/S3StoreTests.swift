import Formats
import Platform
import Support
import SystemPackage
import Testing

@testable import Datasets

@Suite("A bucket on a server that misbehaves") struct S3StoreTests {
  private let server: FaultyServer
  private let file: FilePath
  private let bytes: [UInt8]

  init() throws {
    server = try FaultyServer()
    var random = SeededRandom(seed: 6)
    bytes = (0..<100_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    file = server.folder.path.appending("in")
    try FileSystem.write(bytes, to: file)
  }

  private func store(_ fault: String, prefix: String = "", partsFrom: Int64 = 1 << 40) throws
    -> S3Store
  {
    let settings = [
      "endpointurl": server.url(fault), "access_key_id": "AKID-NAME",
      "secret_access_key": "SECRET-WORD",
      "session_token": "TOKEN-WORD", "read_timeout": "1",
    ]
    return S3Store(
      bucket: "bucket", prefix: prefix,
      configuration: try S3Configuration(RemoteSettings(settings), [:], shown: "s3://bucket"),
      retries: RetryPolicy(attempts: 4, first: .milliseconds(5)), partsFrom: partsFrom,
      smallestPart: 10_000)
  }

  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  private func asked() throws -> [String] {
    let answer = try JSONValue(parsing: HTTPClient().get(server.url("asked")))
    return answer["asked"]?.array?.compactMap(\.string) ?? []
  }

  /// Puts something at a path of the server, whatever its faults.
  private func put(_ text: String, _ key: String) throws {
    let file = try server.folder.write(text, to: "put")
    try HTTPStore(server.url("plain"), settings: [:]).upload(file, to: key, TransferContext())
  }

  @Test(
    "an object goes there and back through every passing trouble",
    arguments: [
      "plain", "signed", "busy", "throttled", "timeout", "cut", "reset", "resetput", "norange",
      "stall", "region",
    ])
  func roundTrip(fault: String) throws {
    let store = try store(fault, prefix: "pre/fix")
    let sent = ByteTally()
    try store.upload(file, to: "k/é +", TransferContext(moved: { sent.add($0) }))
    #expect(sent.value == Int64(bytes.count))
    #expect(try store.size(of: "k/é +") == Int64(bytes.count))
    let back = server.folder.path.appending("out")
    let came = ByteTally()
    try store.download("k/é +", to: back, TransferContext(moved: { came.add($0) }))
    #expect(came.value == Int64(bytes.count))
    #expect(try FileSystem.read(back) == bytes)
    try store.remove("k/é +")
    #expect(try asked().contains { $0.contains("/bucket/pre/fix/k/%C3%A9%20%2B") })
  }

  @Test(
    "an object that is there stays when the transfer says so; a server that knows no conditions replaces it"
  )
  func conditions() throws {
    let other = try server.folder.write("other", to: "other")
    let keeping = TransferContext(replaces: false)
    let store = try store("plain")
    try store.upload(other, to: "k", keeping)
    try store.upload(file, to: "k", keeping)
    #expect(try store.size(of: "k") == 5)
    let ignorant = try self.store("nocondition")
    try ignorant.upload(file, to: "k", keeping)
    try ignorant.upload(file, to: "k2", keeping)
    #expect(try store.size(of: "k") == Int64(bytes.count))
    #expect(try asked().count { $0 == "PUT /nocondition/bucket/k2" } == 1, "asked once, then known")
  }

  @Test(
    "what the server says is told by what it means, and never with our secrets",
    arguments: [
      (404, "NoSuchBucket", Failure.Code.notFound), (403, "AccessDenied", .permission),
      (403, "InvalidAccessKeyId", .permission), (403, "SignatureDoesNotMatch", .permission),
      (400, "ExpiredToken", .permission), (400, "InvalidToken", .permission),
      (400, "AuthorizationHeaderMalformed", .invalid), (403, "InvalidObjectState", .unsupported),
      (400, "BadDigest", .conflict), (507, "XMinioStorageFull", .noSpace),
      (400, "Whatever", .invalid),
      (503, "SlowDown", .unreachable), (500, "InternalError", .unreachable),
    ])
  func refusals(status: Int, code: String, kind: Failure.Code) throws {
    let store = try store("code-\(status)-\(code)")
    let back = server.folder.path.appending("out")
    for failure in [
      failure { try store.upload(file, to: "k", TransferContext()) },
      failure { try store.download("k", to: back, TransferContext()) },
      failure { try store.list("") { _, _ in } },
    ] {
      let failure = try #require(failure)
      #expect(failure.code == kind)
      for secret in ["AKID-NAME", "SECRET-WORD", "TOKEN-WORD"] {
        #expect(!failure.description.contains(secret))
      }
      #expect(failure.cause?.contains(code) == true)
    }
    if status != 404 {
      #expect(failure { _ = try store.size(of: "k") }?.code == kind)
    }
    #expect(!FileSystem.exists(back))
    let isPassing = kind == .unreachable
    #expect(try asked().count { $0.hasPrefix("PUT") } == (isPassing ? 4 : 1))
  }

  @Test("a clock that is wrong is said by how much")
  func skewed() throws {
    let failure = failure { try store("skewed").upload(file, to: "k", TransferContext()) }
    #expect(failure?.message.contains("minutes before that of") == true)
    #expect(failure?.hint?.contains("clock") == true)
  }

  @Test("a missing object and a missing bucket are told apart")
  func missing() throws {
    try put("", "bucket")
    #expect(try store("plain").size(of: "none") == nil)
    try store("plain").remove("none")
    let failure = failure { _ = try store("bucketgone").size(of: "none") }
    #expect(failure?.code == .notFound)
    #expect(failure?.message == "there is no bucket `bucket`")
  }

  @Test(
    "a large object goes in parts, through lost connections and a late failure",
    arguments: ["k", "shaky", "late"])
  func parts(key: String) throws {
    let store = try store("parts", partsFrom: 50_000)
    let sent = ByteTally()
    try store.upload(file, to: key, TransferContext(moved: { sent.add($0) }))
    #expect(sent.value == Int64(bytes.count))
    let back = server.folder.path.appending("out")
    try store.download(key, to: back, TransferContext())
    #expect(try FileSystem.read(back) == bytes)
    #expect(try !asked().contains { $0.hasPrefix("DELETE") })
  }

  @Test("an upload in parts that fails is taken back")
  func aborted() throws {
    let store = try store("parts", partsFrom: 50_000)
    #expect(
      failure { try store.upload(file, to: "bad", TransferContext(replaces: false)) }?.code
        == .permission)
    #expect(try asked().contains("DELETE /parts/bucket/bad?uploadId=u%261"))
    let calls = ByteTally()
    let context = TransferContext(
      moved: { _ in calls.add(1) }, isCancelled: { calls.value > 3 })
    #expect(failure { try store.upload(file, to: "k", context) }?.code == .interrupted)
    #expect(try asked().contains("DELETE /parts/bucket/k?uploadId=u%261"))
  }

  @Test("a list is read, page by page, encoded or not")
  func list() throws {
    try put(
      """
      <ListBucketResult><EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>
      <Contents><Key>good/b%2Bc+d</Key><Size>7</Size></Contents>
      <Contents><Key>good/a%0A</Key><Size>0</Size></Contents></ListBucketResult>
      """, "good")
    var found: [String: Int64] = [:]
    try store("lists").list("good/") { found[$0] = $1 }
    #expect(found == ["good/b+c d": 7, "good/a\n": 0])
  }

  @Test(
    "a list that makes no sense is a failure",
    arguments: [
      "", "<html/>", "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
      "<ListBucketResult><Contents><Key>bad/x</Key><Size>-1</Size></Contents></ListBucketResult>",
      "<ListBucketResult><Contents><Key>bad/x</Key><Size>99999999999999999999</Size></Contents></ListBucketResult>",
      "<ListBucketResult><Contents><Size>1</Size></Contents></ListBucketResult>",
      "<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%zz</Key><Size>1</Size></Contents></ListBucketResult>",
      "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken></ListBucketResult>",
    ])
  func senseless(text: String) throws {
    try put(text, "bad")
    let failure = failure { try store("lists").list("bad/") { _, _ in } }
    #expect(failure?.code == .invalid)
  }

  @Test("many threads share the connections")
  func threads() throws {
    let (store, file) = (try store("plain"), file)
    try TransferThreads.each(100, threads: 4) { index in
      try store.upload(file, to: "k\(index)", TransferContext())
      guard try store.size(of: "k\(index)") == 100_000 else { throw Failure(.bug, "size") }
    }
    let answer = try JSONValue(parsing: HTTPClient().get(server.url("asked")))
    guard case .int(let ports) = answer["ports"] else { throw Failure(.bug, "ports") }
    #expect(ports <= 4)
  }

  @Test("a port where nobody listens, and a server that is killed in the middle")
  func gone() throws {
    let settings = [
      "endpointurl": "http://127.0.0.1:1", "access_key_id": "x", "secret_access_key": "y",
    ]
    let nobody = S3Store(
      bucket: "b", prefix: "",
      configuration: try S3Configuration(RemoteSettings(settings), [:], shown: "s3://b"),
      retries: RetryPolicy(attempts: 2, first: .milliseconds(1)), partsFrom: 1 << 30)
    #expect(failure { _ = try nobody.size(of: "k") }?.code == .unreachable)
  }
}
