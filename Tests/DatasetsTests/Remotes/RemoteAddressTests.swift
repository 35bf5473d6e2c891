import Platform
import SystemPackage
import Testing

@testable import Datasets

@Suite("Addresses of remotes") struct RemoteAddressTests {
  @Test(
    "each kind is read as DVC reads it",
    arguments: [
      ("/data/store", RemoteAddress.folder("/data/store")), ("file:///data", .folder("/data")),
      ("s3://bucket", .s3(bucket: "bucket", prefix: "")),
      ("s3://my.bucket-1/a/b/", .s3(bucket: "my.bucket-1", prefix: "a/b")),
      ("S3://bucket//a é", .s3(bucket: "bucket", prefix: "a é")),
      ("https://host:8443/x/", .http("https://host:8443/x")),
      ("HTTP://host", .http("http://host")),
    ])
  func kinds(url: String, address: RemoteAddress) throws {
    #expect(try RemoteAddress(url) == address)
  }

  @Test(
    "hosts of ssh have a user, a port, and may be numbers",
    arguments: [
      ("ssh://host/a/b/", nil, "host", nil, "/a/b"), ("ssh://me@host", "me", "host", nil, "/"),
      ("ssh://me@host:2222/x", "me", "host", 2222, "/x"),
      ("ssh://[::1]:22/x y", nil, "::1", 22, "/x y"), ("ssh://a@b@host/", "a@b", "host", nil, "/"),
    ] as [(String, String?, String, Int?, String)])
  func ssh(url: String, user: String?, host: String, port: Int?, folder: String) throws {
    guard case .ssh(let address) = try RemoteAddress(url) else {
      Issue.record("\(url) is not of ssh")
      return
    }
    #expect(address.user == user)
    #expect(address.host == host)
    #expect(address.port == port)
    #expect(address.folder == folder)
  }

  @Test(
    "what is no address is told",
    arguments: [
      "", "relative/folder", "s3://", "s3:///key", "s3://a b/", "http://", "https:///x",
      "http://h/x?y",
      "ssh://", "ssh:///x", "ssh://host:0/x", "ssh://host:70000/x", "ssh://host:x/",
      "ssh://-oProxy=x/",
      "ssh://-l@host/", "ssh://[::1/x", "ftp://host/x", "file://host/x", "s3://b/\n", "://",
      "x://y",
    ])
  func wrong(url: String) {
    let failure = #expect(throws: Failure.self) { try RemoteAddress(url) }
    #expect(failure?.code == .invalid)
  }

  @Test(
    "what DVC knows and we do not is said so",
    arguments: ["gs://b/x", "azure://c", "webdavs://h/x"])
  func unsupported(url: String) {
    let failure = #expect(throws: Failure.self) { try RemoteAddress(url) }
    #expect(failure?.code == .unsupported)
  }

  @Test("a password in an address is not supported and not shown")
  func password() {
    let failure = #expect(throws: Failure.self) { try RemoteAddress("ssh://me:secret@host/x") }
    #expect(failure?.code == .unsupported)
    #expect(failure?.description.contains("secret") == false)
  }

  @Test("settings are read with their types, and told by their names")
  func settings() throws {
    let settings = RemoteSettings([
      "USE_SSL": "False", "a": "maybe", "t": "2.5", "bad": "-1", "ssl_verify": "/ca.pem", "e": "",
    ])
    #expect(try settings.flag("use_ssl") == false)
    #expect(throws: Failure.self) { try settings.flag("a") }
    #expect(try settings.duration("t") == .milliseconds(2500))
    #expect(throws: Failure.self) { try settings.duration("bad") }
    #expect(settings["e"] == nil)
    guard case .authorities("/ca.pem") = settings.trust("ssl_verify") else {
      Issue.record("no file of authorities")
      return
    }
  }

  @Test(
    "settings that cannot be are failures when a remote is opened",
    arguments: [
      ("s3://b", ["endpointurl": "not a url"]), ("s3://b", ["access_key_id": "x"]),
      ("s3://b", ["profile": "nobody"]), ("s3://b", [:]), ("s3://b", ["region": "a/b"]),
      ("http://h", ["auth": "magic", "user": "u", "password": "p"]),
      ("http://h", ["auth": "basic"]),
      ("http://h", ["auth": "custom", "password": "p"]), ("http://h", ["method": "GET"]),
      ("ssh://h/x", ["password": "p"]), ("ssh://h/x", ["port": "x"]), ("ssh://h/x", ["user": "-x"]),
      ("ssh://h/x", ["ask_password": "true"]),
    ] as [(String, [String: String])])
  func opening(url: String, settings: [String: String]) {
    let failure = #expect(throws: Failure.self) {
      try ObjectStores.open(
        url: url, settings: settings, variables: ["HOME": "/nowhere", "PATH": "/usr/bin"])
    }
    #expect(failure?.hint != nil || failure?.code == .invalid)
  }
}
