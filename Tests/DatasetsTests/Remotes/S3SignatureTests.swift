import Formats
import Platform
import Support
import Testing

@testable import Datasets

@Suite("Signatures of S3's requests") struct S3SignatureTests {
  /// The examples of "Authenticating Requests: Using the Authorization Header" (Amazon S3 API Reference).
  private static let documented = S3Signature(
    credentials: S3Credentials(
      id: "AKIAIOSFODNN7EXAMPLE", secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
    region: "us-east-1")
  private static let time = S3Time(seconds: 1_369_353_600)
  private static let host = "examplebucket.s3.amazonaws.com"

  private func signature(
    _ method: String, _ path: String, _ query: [S3Query] = [], _ headers: [HTTPHeader] = [],
    _ payload: String = S3Signature.emptyPayload
  ) throws -> String {
    let lines = Self.documented.headers(
      method, host: Self.host, path: path, query: query, headers: headers, payload: payload,
      at: Self.time)
    let line = try #require(lines.first { $0.name == "Authorization" }).value
    return String(line.split(separator: "=").last ?? "")
  }

  @Test("the four examples of Amazon's documentation")
  func examples() throws {
    #expect(
      try signature("GET", "/test.txt", [], [HTTPHeader("Range", "bytes=0-9")])
        == "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41")
    #expect(
      try signature(
        "PUT", "/test%24file.text", [],
        [
          HTTPHeader("Date", "Fri, 24 May 2013 00:00:00 GMT"),
          HTTPHeader("x-amz-storage-class", "REDUCED_REDUNDANCY"),
        ], SHA256.digest(of: "Welcome to Amazon S3.".utf8).hex)
        == "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd")
    #expect(
      try signature("GET", "/", [S3Query("lifecycle")])
        == "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")
    #expect(
      try signature("GET", "/", [S3Query("prefix", "J"), S3Query("max-keys", "2")])
        == "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")
  }

  @Test("HMAC with SHA-256, cases 1, 2, 4 and 6 of RFC 4231")
  func hmac() {
    let cases: [(key: [UInt8], message: [UInt8], code: String)] = [
      (
        [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
      ),
      (
        Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
      ),
      (
        Array(1...25), [UInt8](repeating: 0xCD, count: 50),
        "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
      ),
      (
        [UInt8](repeating: 0xAA, count: 131),
        Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
      ),
    ]
    for (key, message, code) in cases { #expect(hexadecimal(hmacSHA256(key, message)) == code) }
  }

  @Test(
    "moments are written and read",
    arguments: [
      (0, "19700101T000000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (1_369_353_600, "20130524T000000Z", "Fri, 24 May 2013 00:00:00 GMT"),
      (1_709_251_199, "20240229T235959Z", "Thu, 29 Feb 2024 23:59:59 GMT"),
      (4_102_444_800, "21000101T000000Z", "Fri, 01 Jan 2100 00:00:00 GMT"),
    ])
  func times(seconds: Int, stamp: String, header: String) {
    #expect(S3Time(seconds: seconds).stamp == stamp)
    #expect(S3Time(header: header)?.seconds == seconds)
  }

  @Test(
    "a line that is no date is none",
    arguments: [
      "", "now", "Fri, 99 May 2013 00:00:00 GMT", "a b c d e GMT", "x 1 May 2013 1:2:3:4 GMT",
    ])
  func noTimes(header: String) { #expect(S3Time(header: header) == nil) }

  @Test("text goes into an address and back")
  func encoding() {
    var random = SeededRandom(seed: 1)
    for _ in 0..<500 {
      let text = String((0..<8).map { _ in random.pick(Array("az09-._~/ +%&=?#é😀\n\u{7F}")) })
      let encoded = PercentEncoding.encode(text)
      #expect(encoded.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x2F })
      #expect(PercentEncoding.decode(encoded) == text)
    }
    #expect(PercentEncoding.decode("a+b%2Bc") == "a b+c")
    for text in ["%", "%4", "%zz", "%FF"] { #expect(PercentEncoding.decode(text) == nil) }
  }

  @Test(
    "Base64 as RFC 4648 has it",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
      ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
    ])
  func base64(text: String, encoded: String) { #expect(Base64.encode(Array(text.utf8)) == encoded) }

  @Test(
    "a file is cut into parts that cover it",
    arguments: [
      1, 16 << 20, (16 << 20) + 1, 1 << 30, 5 << 40, Int64.max / 2,
    ] as [Int64])
  func parts(size: Int64) {
    let plan = PartPlan(size: size, smallest: 16 << 20)
    #expect(plan.count <= 10_000)
    #expect(plan.part >= 16 << 20)
    let last = plan.place(plan.count - 1)
    #expect(last.offset + last.count == size)
    #expect(last.count > 0)
    #expect(plan.count == 1 || plan.place(0).count == plan.part)
  }
}
