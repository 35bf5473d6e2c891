import Platform
import Support
import Testing

@testable import Commands

@Suite("Names of notebooks that are addresses") struct RemoteNameTests {
  @Test(
    "a name is an address when it begins with a scheme, and a file otherwise",
    arguments: [
      ("a.ipynb", false), ("s3://b/a.ipynb", true), ("S3://b/a", true), ("C:/a.ipynb", false),
      ("a/s3://b", false), ("://b", false), ("1s://b", false), ("a+b-c.d://e", true), ("", false),
      ("가://b", false),
    ])
  func isAddress(name: String, expected: Bool) {
    #expect((RemoteName(name) != nil) == expected)
  }

  @Test(
    "the command that copies goes the way that is meant",
    arguments: [
      (
        "s3://b/a b.ipynb", "aws s3 cp 's3://b/a b.ipynb' 'a b.ipynb'",
        "aws s3 cp 'a b.ipynb' 's3://b/a b.ipynb'"
      ),
      (
        "gs://b/a.ipynb", "gcloud storage cp gs://b/a.ipynb a.ipynb",
        "gcloud storage cp a.ipynb gs://b/a.ipynb"
      ),
      (
        "hdfs://h/a.ipynb", "hdfs dfs -get hdfs://h/a.ipynb a.ipynb",
        "hdfs dfs -put a.ipynb hdfs://h/a.ipynb"
      ),
      (
        "https://h/a.ipynb?x=1", "curl -fLo a.ipynb 'https://h/a.ipynb?x=1'",
        "curl --fail --upload-file a.ipynb 'https://h/a.ipynb?x=1'"
      ),
    ])
  func copying(name: String, reading: String, writing: String) throws {
    let address = try #require(RemoteName(name))
    #expect(address.unread.hint == "copy it to a file, and name that: \(reading)")
    #expect(
      address.unwritten.hint == "name a file, and copy that there afterwards: \(writing)")
  }

  @Test("a store whose program is not known has no command") func unknown() throws {
    let address = try #require(RemoteName("abfs://c@a/b.ipynb"))
    #expect(address.unread.hint == "copy it to a file, and name that")
    #expect(throws: Failure.self) { try RemoteName.refuseReading("abfs://c@a/b.ipynb") }
    #expect(throws: Never.self) { try RemoteName.refuseReading("b.ipynb") }
  }
}
