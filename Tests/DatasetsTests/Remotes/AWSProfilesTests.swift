import Platform
import Support
import SystemPackage
import Testing

@testable import Datasets

@Suite("AWS's files of profiles") struct AWSProfilesTests {
  private static let config = """
    # a comment
    [default]
    region = eu-west-1
    s3 =
      addressing_style = virtual
      max_concurrent_requests = 20
    output=json ; and so on

    [profile "two words"]
    endpoint_url = http://x:1
    services = local
    [services local]
    s3 =
        endpoint_url = http://127.0.0.1:9
    [profile plain]
    aws_access_key_id = AK
    aws_secret_access_key = a/b+c=#d
    aws_session_token=
    """

  @Test("sections, nested keys, comments and quotes")
  func reading() throws {
    let profiles = try AWSProfiles(parsing: Self.config)
    #expect(
      profiles.sections["default"] == [
        "region": "eu-west-1", "s3": "", "s3.addressing_style": "virtual",
        "s3.max_concurrent_requests": "20", "output": "json",
      ])
    #expect(profiles.sections["two words"]?["services"] == "local")
    #expect(profiles.services["local"]?["s3.endpoint_url"] == "http://127.0.0.1:9")
    #expect(profiles.sections["plain"]?["aws_secret_access_key"] == "a/b+c=#d")
  }

  @Test(
    "what is none is told with its line",
    arguments: [("[a", 1), ("x = 1", 1), ("[a]\n\nfoo", 3), ("[a]\n= 1", 2)])
  func malformed(text: String, line: Int) {
    let failure = #expect(throws: ParseFailure.self) { try AWSProfiles(parsing: text) }
    #expect(failure?.line == line)
  }

  @Test("damaged files never end the program", arguments: 0..<10)
  func damaged(seed: Int) {
    var random = SeededRandom(seed: UInt64(seed))
    for _ in 0..<500 {
      var bytes = Array(Self.config.utf8)
      for _ in 0..<8 {
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] = random.pick(Array("[]=#;\n\r \"'\0x\u{85}".utf8))
      }
      _ = try? AWSProfiles(parsing: String(decoding: bytes, as: UTF8.self))
    }
  }

  private func configuration(
    _ settings: [String: String], _ variables: [String: String] = [:]
  ) throws -> S3Configuration {
    let folder = try TemporaryFolder()
    try folder.write(Self.config, to: ".aws/config")
    try folder.write(
      "[default]\naws_access_key_id = FILE\naws_secret_access_key = s\n[other]\naws_access_key_id=O\n"
        + "aws_secret_access_key=s\naws_session_token=t\n", to: ".aws/credentials")
    var all = variables
    all["HOME"] = folder.path.string
    return try S3Configuration(RemoteSettings(settings), all, shown: "s3://b")
  }

  private static let keys = ["AWS_ACCESS_KEY_ID": "ENV", "AWS_SECRET_ACCESS_KEY": "s"]

  @Test(
    "credentials: the remote's, the environment's, the files'; a profile of the remote is before the environment"
  )
  func credentials() throws {
    let own = ["access_key_id": "OWN", "secret_access_key": "s", "profile": "other"]
    #expect(try configuration(own, Self.keys).credentials?.id == "OWN")
    #expect(try configuration([:], Self.keys).credentials?.id == "ENV")
    #expect(try configuration([:]).credentials?.id == "FILE")
    #expect(try configuration(["profile": "other"], Self.keys).credentials?.id == "O")
    #expect(try configuration(["profile": "other"]).credentials?.token == "t")
    #expect(try configuration([:], ["AWS_PROFILE": "plain"]).credentials?.id == "AK")
    #expect(try configuration(["allow_anonymous_login": "true"]).credentials == nil)
    #expect(throws: Failure.self) { try configuration([:], ["AWS_PROFILE": "two words"]) }
    #expect(throws: Failure.self) { try configuration([:], ["AWS_ACCESS_KEY_ID": "x"]) }
  }

  @Test("endpoint and region: the remote's, the environment's, the profile's")
  func places() throws {
    let first = try configuration(["endpointurl": "http://h:1/"], ["AWS_ENDPOINT_URL": "http://e"])
    #expect(first.endpoint?.host == "h:1")
    #expect(first.endpoint?.isPathStyle == false, "the profile says virtual")
    #expect(first.region == "eu-west-1")
    let second = try configuration(
      ["region": "r-1"], ["AWS_ENDPOINT_URL": "http://e", "AWS_ENDPOINT_URL_S3": "https://f"])
    #expect(second.endpoint?.host == "f")
    #expect(second.region == "r-1")
    let keys = Self.keys.merging(["AWS_PROFILE": "two words", "AWS_REGION": "q-2"]) { $1 }
    let third = try configuration([:], keys)
    #expect(third.endpoint?.host == "127.0.0.1:9")
    #expect(third.endpoint?.isPathStyle == true)
    #expect(third.region == "q-2")
    let ignoring = keys.merging(["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"]) { $1 }
    #expect(try configuration([:], ignoring).endpoint == nil)
  }

  @Test("where a bucket is asked for")
  func endpoints() throws {
    func place(_ bucket: String, _ region: String = "eu-west-1") -> String {
      let place = S3Endpoint(region: region, bucket: bucket, isSecure: true).place(bucket, "a b/é")
      return place.host + place.path
    }
    #expect(place("data") == "data.s3.eu-west-1.amazonaws.com/a%20b/%C3%A9")
    #expect(place("my.data") == "s3.eu-west-1.amazonaws.com/my.data/a%20b/%C3%A9")
    #expect(place("data", "cn-north-1") == "data.s3.cn-north-1.amazonaws.com.cn/a%20b/%C3%A9")
    let own = try S3Endpoint(parsing: "HTTP://Host:80/base/", isPathStyle: true)
    #expect(own.place("b", "k") == ("host", "/base/b/k"))
    #expect(own.place("b", nil) == ("host", "/base/b"))
    let virtual = try S3Endpoint(parsing: "host:9000", isPathStyle: false)
    #expect(virtual.isSecure)
    #expect(virtual.place("b", nil) == ("b.host:9000", "/"))
  }

  @Test("a program of the profile is asked, and what it says wrong is not shown")
  func process() throws {
    func credentials(_ command: String) throws -> S3Credentials? {
      let folder = try TemporaryFolder()
      try folder.write("[default]\ncredential_process = \(command)\n", to: ".aws/config")
      let variables = ["HOME": folder.path.string, "PATH": "/usr/bin:/bin"]
      return try S3Configuration(RemoteSettings([:]), variables, shown: "s3://b").credentials
    }
    let answer = #"{"Version":1,"AccessKeyId":"P","SecretAccessKey":"s","SessionToken":"t"}"#
    #expect(
      try credentials("echo '\(answer)'") == S3Credentials(id: "P", secret: "s", token: "t"))
    let failure = #expect(throws: Failure.self) { try credentials("echo hush-hush; exit 3") }
    #expect(failure?.code == .permission)
    #expect(failure?.description.contains("hush") == false)
  }

  @Test("credentials do not print themselves")
  func hidden() {
    let credentials = S3Credentials(id: "ID", secret: "SECRET", token: "TOKEN")
    #expect("\(credentials)\(String(reflecting: credentials))".contains("SECRET") == false)
  }
}
