import Platform
import Testing

@Suite("Numbers of bytes") struct ByteCountTests {
  @Test(
    "sizes as people write them",
    arguments: [
      ("0", 0), ("2000", 2000), ("7b", 7), ("500MB", 500_000_000), ("1.5 GB", 1_500_000_000),
      ("64 MiB", 64 << 20), ("2k", 2000), ("3Ti", 3 << 40), ("0.5KiB", 512),
    ])
  func parsing(text: String, bytes: Int64) {
    #expect(ByteCount(parsing: text)?.bytes == bytes)
  }

  @Test(
    "what is no size",
    arguments: [
      "", "x", "-1", "1x", "MB", "1..5 GB", "5iB", "1 000", "1e9", "9999999999GB", "inf", "nan",
      "٣",
    ])
  func refused(text: String) { #expect(ByteCount(parsing: text) == nil) }
}
