import Platform
import SystemPackage
import Testing

@testable import Git

@Suite("Addresses of repositories") struct GitAddressTests {
  @Test(
    "the host and port that are asked first",
    arguments: [
      ("https://example.org/a/b.git", "example.org", "443"),
      ("http://user:pass@example.org:8080/a", "example.org", "8080"),
      ("ssh://git@example.org/a", "example.org", "22"),
      ("ssh://git@[::1]:2222/a", "::1", "2222"),
      ("git@example.org:a/b:c@d.git", "example.org", "22"),
      ("example.org:a", "example.org", "22"), ("git://example.org/x", "example.org", "9418"),
      ("git+ssh://example.org/x", "example.org", "22"),
    ])
  func hosts(url: String, host: String, port: String) throws {
    let asked = try #require(Reachability(try GitAddress(url)))
    #expect(asked.host == host)
    #expect(asked.port == port)
  }

  @Test("local addresses", arguments: ["/a/b", "file:///a/b", "file:///a/%62"])
  func local(url: String) throws {
    let address = try GitAddress(url)
    #expect(address.localPath == "/a/b")
    #expect(Reachability(address) == nil)
  }

  @Test(
    "a submodule's address is relative to its parent's",
    arguments: [
      ("https://example.org/a/b.git", "../c.git", "https://example.org/a/c.git"),
      ("https://example.org/a/b.git/", "./c", "https://example.org/a/b.git/c"),
      ("git@example.org:a/b.git", "../c", "git@example.org:a/c"),
      ("git@example.org:b.git", "../c", "git@example.org:c"),
      ("/x/y", "../z", "/x/z"), ("/x/y", "../../z", "/z"),
      ("https://example.org/a", "https://other.org/b", "https://other.org/b"),
    ])
  func relative(parent: String, text: String, expected: String) throws {
    #expect(try GitAddress(parent).resolving(text).url == expected)
  }

  @Test(
    "what is no address, and what leads above its parent",
    arguments: [
      ("", "x"), ("svn://a/b", "x"), ("file://a", "x"), ("a\nb", "x"),
      ("https://a/b", "../../../c"),
    ])
  func refused(parent: String, text: String) {
    #expect(throws: Failure.self) { try GitAddress(parent).resolving(text) }
  }

  @Test("the folder in the cache is readable, safe, and differs for each address")
  func folders() throws {
    let a = try GitAddress("https://me:token@example.org/team/project.git").folderName
    #expect(a.hasPrefix("team-project.git-"))
    #expect(!a.contains("token"))
    #expect(a != (try GitAddress("https://example.org/team/project.git").folderName))
    #expect(try GitAddress("https://example.org/../..").folderName.hasPrefix(".") == false)
  }
}
