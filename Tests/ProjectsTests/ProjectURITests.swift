import Platform
import Projects
import Support
import SystemPackage
import Testing

@Suite("Project URIs") struct ProjectURITests {
  /// `/w/local` is a folder, `/w/p.zip` and `/w/train.py` are files.
  private func parse(_ text: String) throws -> ProjectURI {
    try ProjectURI(text, in: "/w") { path in
      switch path.string {
      case "/w", "/w/local", "/w/d.zip": .directory
      case "/w/p.zip", "/w/train.py": .file
      default: nil
      }
    }
  }

  @Test(
    "what a text means",
    arguments: [
      ("local", .folder("/w/local"), ""), ("./local/", .folder("/w/local"), ""),
      ("local#sub/dir", .folder("/w/local"), "sub/dir"),
      ("'local'", .folder("/w/local"), ""), ("file:///w/local", .folder("/w/local"), ""),
      (".", .folder("/w"), ""),
      ("#sub", .folder("/w"), "sub"), ("p.zip", .zip("/w/p.zip"), ""),
      ("file:///w/p.zip#x", .zip("/w/p.zip"), "x"),
      ("https://h/p.zip#x", .remoteZip("https://h/p.zip"), "x"),
      ("https://github.com/a/b", .git("https://github.com/a/b"), ""),
      ("git@github.com:a/b.git#x", .git("git@github.com:a/b.git"), "x"),
      ("ssh://h/x", .git("ssh://h/x"), ""),
      ("host:path", .git("host:path"), ""),
    ] as [(String, ProjectURI.Source, String)])
  func meanings(text: String, source: ProjectURI.Source, subfolder: String) throws {
    let uri = try parse(text)
    #expect(uri.source == source)
    #expect(uri.subfolder == subfolder)
  }

  @Test(
    "what means nothing",
    arguments: [
      ("local#a.b", "`.` is not allowed in the subfolder `a.b` of a project"),
      ("nowhere", "there is no project at `nowhere`"),
      ("./no/where", "there is no project at `./no/where`"),
      ("no.zip", "there is no project at `no.zip`"),
      ("ftp://h/p.zip", "there is no project at `ftp://h/p.zip`"),
      ("file:///no", "there is no project at `file:///no`"),
      ("train.py", "`train.py` is a file, not a project"), ("\0", "there is no project at `\0`"),
    ])
  func nothing(text: String, message: String) throws {
    let failure = try #require(throws: Failure.self) { try parse(text) }
    #expect(failure.message == message)
    #expect(failure.hint != nil)
  }

  @Test("the subfolder has to be there") func subfolder() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "a/b/file")
    let uri = try ProjectURI("\(folder.path)#a/b", in: "/")
    #expect(try uri.folder(in: folder.path) == folder.path.appending("a/b"))
    let missing = try ProjectURI("\(folder.path)#a/c", in: "/")
    #expect(throws: Failure.self) { try missing.folder(in: folder.path) }
  }

  @Test(
    "schemes as Python's urlparse sees them",
    arguments: [
      ("s3://b", "s3"), ("S3:x", "s3"), ("a+b.c-1:x", "a+b.c-1"), ("1a:b", nil), (":x", nil),
      ("a b:c", nil), ("é:x", nil), ("", nil),
      ("C:\\x", "c"), (" http://x", "http"),
    ] as [(String, String?)])
  func schemes(text: String, expected: String?) { #expect(PythonURI.scheme(of: text) == expected) }

  @Test(
    "what is a path of this machine",
    arguments: [
      ("a/b", "a/b"), ("a%20b", "a b"), ("100%", "100%"), ("file:///a/b", "/a/b"), ("file:a", "a"),
      ("file://h/a", nil), ("s3://b", nil),
      ("FILE:///a%20b", "FILE:///a b"), ("file:///a#b", "/a"),
    ] as [(String, String?)])
  func localPaths(text: String, expected: String?) {
    #expect(PythonURI.localPath(text) == expected)
  }
}
