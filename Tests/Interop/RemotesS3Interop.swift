import Formats
import Glibc
import Platform
import Support
import Synchronization
import SystemPackage
import Testing

@testable import Datasets

@Suite("Remotes: S3 against two servers and boto3", .serialized) struct RemotesS3Interop {
  private func failure(_ body: () throws -> Void) -> Failure? {
    do { try body() } catch { return error as? Failure }
    return nil
  }

  private static func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
    var random = SeededRandom(seed: seed)
    let words = (0..<(count / 8 + 1)).map { _ in random.next() }
    return words.withUnsafeBytes { Array($0.prefix(count)) }
  }

  @Test(
    "objects of all sizes go there and back, in one piece and in parts",
    arguments: RemotesServer.Kind.allCases, [0, 1, 300_000, 17 << 20, 40 << 20])
  func roundTrip(kind: RemotesServer.Kind, count: Int) throws {
    let server = try RemotesServer(kind)
    let store = try server.store("pre/fix", partsFrom: 17 << 20)
    let bytes = Self.bytes(count)
    let file = server.folder.path.appending("in")
    try FileSystem.write(bytes, to: file)
    let key = "files/md5/ab/cdef"
    #expect(try store.size(of: key) == nil)
    let sent = Tally()
    try store.upload(
      file, to: key, TransferContext(moved: { sent.add($0) }, md5: MD5.digest(of: bytes)))
    #expect(sent.value == Int64(count))
    #expect(try store.size(of: key) == Int64(count))
    let back = server.folder.path.appending("out")
    let came = Tally()
    try store.download(key, to: back, TransferContext(moved: { came.add($0) }))
    #expect(came.value == Int64(count))
    #expect(try FileSystem.read(back) == bytes)
    try store.remove(key)
    try store.remove(key)
    #expect(try store.size(of: key) == nil)
    try FileSystem.remove(back)
    #expect(failure { try store.download(key, to: back, TransferContext()) }?.code == .notFound)
    #expect(!FileSystem.exists(back))
  }

  private static let odd = [
    "plain", "with space", "plus+and&amp=;", "é/ü/日本", "percent%20", "quote'\"", "sub.x",
    "sub/crlf",
    "subdir", "~tilde", "a=b?c#d", "(paren)!*", "😀",
  ]

  @Test(
    "odd keys are what boto3 sees, and what boto3 writes is what we see",
    arguments: RemotesServer.Kind.allCases)
  func oddKeys(kind: RemotesServer.Kind) throws {
    let server = try RemotesServer(kind)
    let store = try server.store()
    for (index, key) in Self.odd.enumerated() {
      let file = try server.folder.write(String(repeating: "x", count: index), to: "in")
      try store.upload(file, to: "ours/" + key, TransferContext())
    }
    let script = """
      import boto3, json
      s3 = boto3.client('s3', endpoint_url='\(server.endpoint)', aws_access_key_id='\(RemotesServer.id)',
                        aws_secret_access_key='\(RemotesServer.secret)', region_name='us-east-1')
      keys = json.loads('''\(JSONValue.array(Self.odd.map { .string($0) }).text().replacing("\\", with: "\\\\").replacing("'", with: "\\'"))''')
      seen = {k: len(s3.get_object(Bucket='data', Key='ours/' + k)['Body'].read()) for k in keys}
      for n, k in enumerate(keys): s3.put_object(Bucket='data', Key='theirs/' + k, Body=b'y' * n)
      listed = [o['Key'] for o in s3.list_objects_v2(Bucket='data', Prefix='ours/')['Contents']]
      json.dump({'seen': seen, 'listed': listed}, open('result.json', 'w'))
      """
    let result = try Peer.run(script, in: server.folder)
    var ours: [String: Int64] = [:]
    try store.list("ours/") { ours[$0] = $1 }
    var theirs: [String: Int64] = [:]
    try store.list("theirs/") { theirs[$0] = $1 }
    for (index, key) in Self.odd.enumerated() {
      #expect(result["seen"]?[key] == .int(Int64(index)), "\(key)")
      #expect(ours["ours/" + key] == Int64(index), "\(key)")
      #expect(theirs["theirs/" + key] == Int64(index), "\(key)")
      #expect(try store.size(of: "theirs/" + key) == Int64(index), "\(key)")
      let back = server.folder.path.appending("back\(index)")
      try store.download("theirs/" + key, to: back, TransferContext())
      #expect(try FileSystem.read(back).count == index)
    }
    #expect(ours.count == Self.odd.count)
  }

  @Test(
    "a list of many pages comes whole and in order",
    arguments: [(RemotesServer.Kind.moto, 2_345), (.rclone, 1_205)])
  func pages(kind: RemotesServer.Kind, count: Int) throws {
    let server = try RemotesServer(kind)
    let store = try server.store("p")
    let file = try server.folder.write("x", to: "in")
    let keys = (0..<count).map { "files/md5/" + SHA256.digest(of: Array(String($0).utf8)).hex }
    try TransferThreads.each(count, threads: 4) { index in
      try store.upload(file, to: keys[index], TransferContext())
    }
    var found: [String] = []
    try store.list("files/") { key, _ in found.append(key) }
    #expect(found == keys.sorted())
    found = []
    try store.list("files/md5/a") { key, _ in found.append(key) }
    #expect(found == keys.sorted().filter { $0.hasPrefix("files/md5/a") })
    found = []
    try store.list("nothing") { key, _ in found.append(key) }
    #expect(found == [])
  }

  @Test("a bucket that is not there is told by every call", arguments: RemotesServer.Kind.allCases)
  func noBucket(kind: RemotesServer.Kind) throws {
    let server = try RemotesServer(kind)
    let store = try S3Store(
      bucket: "nowhere", prefix: "", settings: server.settings, variables: [:],
      retries: RetryPolicy(attempts: 2, first: .milliseconds(10)))
    let file = try server.folder.write("x", to: "in")
    let back = server.folder.path.appending("out")
    for failure in [
      failure { _ = try store.size(of: "k") }, failure { try store.list("") { _, _ in } },
      failure { try store.upload(file, to: "k", TransferContext()) },
      failure { try store.download("k", to: back, TransferContext()) },
    ] {
      #expect(failure?.code == .notFound)
      #expect(failure?.message == "there is no bucket `nowhere`")
    }
  }

  @Test("a wrong secret and an unknown key are told, and not shown")
  func wrongSecret() throws {
    let server = try RemotesServer(.rclone)
    for more in [["secret_access_key": "wrong-secret"], ["access_key_id": "SOMEBODY"]] {
      let store = try server.store("", more)
      let file = try server.folder.write("x", to: "in")
      for failure in [
        failure { _ = try store.size(of: "k") },
        failure { try store.upload(file, to: "k", TransferContext()) },
      ] {
        #expect(failure?.code == .permission)
        #expect(failure?.description.contains("wrong-secret") == false)
      }
    }
  }

  @Test("an object that is there stays, where the server knows the condition")
  func conditions() throws {
    let server = try RemotesServer(.moto)
    let store = try server.store()
    let one = try server.folder.write("one", to: "one")
    let other = try server.folder.write("other", to: "other")
    try store.upload(one, to: "k", TransferContext(replaces: false))
    try store.upload(other, to: "k", TransferContext(replaces: false))
    #expect(try store.size(of: "k") == 3)
    try store.upload(other, to: "k", TransferContext())
    #expect(try store.size(of: "k") == 5)
  }

  @Test("over https the server has to prove who it is, and a body is not hashed for its signature")
  func secure() throws {
    let server = try RemotesServer(.rclone, isSecure: true)
    let file = server.folder.path.appending("in")
    let bytes = Self.bytes(20 << 20)
    try FileSystem.write(bytes, to: file)
    let trusted = ["ssl_verify": server.folder.path.appending("cert.pem").string]
    for (settings, partsFrom) in [
      (trusted, 1 << 40), (trusted, 17 << 20), (["ssl_verify": "false"], 1 << 40),
    ] {
      let store = try server.store("", settings, partsFrom: Int64(partsFrom))
      try store.upload(file, to: "k", TransferContext())
      let back = server.folder.path.appending("out")
      try store.download("k", to: back, TransferContext())
      #expect(try FileSystem.read(back) == bytes)
      try FileSystem.remove(back)
      try store.remove("k")
    }
    let stranger = failure { _ = try server.store().size(of: "k") }
    #expect(stranger?.code == .permission)
    #expect(stranger?.message.contains("could not prove who it is") == true)
  }

  @Test("a body that is not what its MD5 says is refused")
  func digests() throws {
    let server = try RemotesServer(.rclone)
    let file = try server.folder.write("changed", to: "in")
    let context = TransferContext(md5: MD5.digest(of: Array("meant".utf8)))
    #expect(failure { try server.store().upload(file, to: "k", context) }?.code == .conflict)
    #expect(try server.store().size(of: "k") == nil)
  }

  @Test("an upload in parts that a killed process began is gone on with")
  func resumed() throws {
    let server = try RemotesServer(.moto)
    let bytes = Self.bytes(50 << 20)
    let file = server.folder.path.appending("in")
    try FileSystem.write(bytes, to: file)
    let begin = """
      import boto3, json
      s3 = boto3.client('s3', endpoint_url='\(server.endpoint)', aws_access_key_id='a',
                        aws_secret_access_key='b', region_name='us-east-1')
      body = open('in', 'rb').read()
      id = s3.create_multipart_upload(Bucket='data', Key='k')['UploadId']
      part = 16 << 20
      s3.upload_part(Bucket='data', Key='k', UploadId=id, PartNumber=1, Body=body[:part])
      s3.upload_part(Bucket='data', Key='k', UploadId=id, PartNumber=2, Body=b'z' * part)
      s3.upload_part(Bucket='data', Key='k', UploadId=id, PartNumber=3, Body=body[2 * part:3 * part])
      json.dump(id, open('result.json', 'w'))
      """
    _ = try Peer.run(begin, in: server.folder)
    let store = try server.store("", partsFrom: 17 << 20)
    let sent = Tally()
    try store.upload(file, to: "k", TransferContext(moved: { sent.add($0) }, replaces: false))
    #expect(sent.value == 50 << 20)
    let back = server.folder.path.appending("out")
    try store.download("k", to: back, TransferContext())
    #expect(try SHA256.digest(ofFile: back) == SHA256.digest(of: bytes))
    let left = """
      import boto3, json
      s3 = boto3.client('s3', endpoint_url='\(server.endpoint)', aws_access_key_id='a',
                        aws_secret_access_key='b', region_name='us-east-1')
      json.dump(len(s3.list_multipart_uploads(Bucket='data').get('Uploads', [])), open('result.json', 'w'))
      """
    #expect(try Peer.run(left, in: server.folder) == .int(0))
  }

  @Test(
    "a server that is killed in the middle of a transfer", arguments: RemotesServer.Kind.allCases)
  func killed(kind: RemotesServer.Kind) throws {
    let server = try RemotesServer(kind)
    let file = server.folder.path.appending("in")
    try FileSystem.write(Self.bytes(64 << 20), to: file)
    let store = try server.store("", partsFrom: 1 << 40)
    try store.upload(file, to: "k", TransferContext())
    let ender = Ender(server)
    let back = server.folder.path.appending("out")
    let came = Tally()
    let failure = failure {
      try store.download(
        "k", to: back,
        TransferContext(moved: {
          came.add($0)
          if came.value > 10 << 20 { ender.end() }
        }))
    }
    #expect(failure?.code == .unreachable)
    #expect(!FileSystem.exists(back))
    #expect(came.value >= 0)
    let upload = self.failure { try store.upload(file, to: "k2", TransferContext()) }
    #expect(upload?.code == .unreachable)
  }

  @Test("signatures are what botocore makes, for requests at random")
  func signatures() throws {
    var random = SeededRandom(seed: 11)
    let letters = Array("abzAZ09-._~ /+%&=?#:;,!*'()é日😀")
    func text(_ most: Int) -> String {
      String((0..<(1 + random.next() % UInt64(most))).map { _ in random.pick(letters) })
    }
    var cases: [JSONValue] = []
    var expected: [String] = []
    for index in 0..<400 {
      let credentials = S3Credentials(
        id: "AK\(index)", secret: text(30), token: random.chance(1, of: 3) ? "tok/en+\(index)" : nil
      )
      let region = random.pick(["us-east-1", "eu-central-1", "x-1"])
      let method = random.pick(["GET", "PUT", "HEAD", "POST", "DELETE"])
      let path = "/bucket/" + PercentEncoding.encode(text(20), keepsSlashes: true)
      let query = (0..<(random.next() % 4)).map {
        S3Query("q\($0)" + text(4), random.chance(1, of: 4) ? "" : text(8))
      }
      let headers = [HTTPHeader("x-amz-meta-a", random.pick(["v", "a  b", " padded ", "c:d"]))]
      let payload = random.pick([S3Signature.unsignedPayload, S3Signature.emptyPayload])
      let time = S3Time(seconds: 1_400_000_000 + index * 86_399)
      let lines = S3Signature(credentials: credentials, region: region).headers(
        method, host: "host:9000", path: path, query: query, headers: headers, payload: payload,
        at: time)
      expected.append(lines.first { $0.name == "Authorization" }?.value ?? "")
      let url =
        "http://host:9000\(path)" + (query.isEmpty ? "" : "?" + S3Signature.canonical(query))
      cases.append(
        .array(
          [
            method, url, headers[0].value, payload, time.stamp, credentials.id, credentials.secret,
            credentials.token ?? "", region,
          ].map { .string($0) }))
    }
    let answers = try Peer.ask(
      """
      from botocore.auth import S3SigV4Auth
      from botocore.awsrequest import AWSRequest
      from botocore.credentials import Credentials
      def answer(case):
          method, url, value, payload, stamp, id, secret, token, region = case
          class Signer(S3SigV4Auth):
              def payload(self, request): return payload
              def _modify_request_before_signing(self, request):
                  super()._modify_request_before_signing(request)
          request = AWSRequest(method=method, url=url, headers={'x-amz-meta-a': value})
          request.context['timestamp'] = stamp
          signer = Signer(Credentials(id, secret, token or None), 's3', region)
          signer._modify_request_before_signing(request)
          if 'X-Amz-Date' in request.headers: del request.headers['X-Amz-Date']
          request.headers['X-Amz-Date'] = stamp
          canonical = signer.canonical_request(request)
          signature = signer.signature(signer.string_to_sign(request, canonical), request)
          signer._inject_signature_to_request(request, signature)
          return request.headers['Authorization']
      """, about: cases)
    for (ours, theirs) in zip(expected, answers) {
      let theirs = theirs.string.map { String($0) } ?? "\(theirs)"
      #expect(ours == theirs)
    }
  }
}

/// Adds up what transfers tell.
final class Tally: Sendable {
  private let sum = Mutex<Int64>(0)

  func add(_ count: Int64) { sum.withLock { $0 += count } }

  var value: Int64 { sum.withLock { $0 } }
}

/// Ends a server from whichever thread.
private final class Ender: @unchecked Sendable {
  private let server: RemotesServer

  init(_ server: RemotesServer) { self.server = server }

  func end() { server.stop() }
}
