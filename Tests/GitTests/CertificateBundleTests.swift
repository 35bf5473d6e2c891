import Testing

@testable import Git

@Suite("The system's certificates") struct CertificateBundleTests {
  @Test("libgit2 starts without them, and has them when a remote is talked to")
  func deferred() throws {
    try LibGit2.start()
    #expect(CertificateBundle.stands)
    #expect(CertificateBundle.read() == 0)
  }
}
