import SystemPackage
package struct HTTPClient { package init() {}
  package func download(_ url: String, to: FilePath) async throws {}
  package func downloadBlocking(_ url: String, to: FilePath) throws {} }
