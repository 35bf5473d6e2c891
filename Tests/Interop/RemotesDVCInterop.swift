import Datasets
import Formats
import Platform
import Support
import SystemPackage
import Testing

@Suite("Remotes: the same objects for DVC and for us") struct RemotesDVCInterop {
  /// A project of DVC with a file and a folder that are pushed, and its remote's settings.
  private func push(_ folder: TemporaryFolder, _ url: String, _ settings: [String: String])
    async throws
  {
    let dvc = try Peer.python.removingLastComponent().appending("dvc").string
    let modify = settings.sorted { $0.key < $1.key }
      .map { "\(dvc) remote modify -q r \($0.key) '\($0.value)'" }.joined(separator: "\n")
    try await Program.shell(
      """
      export DVC_NO_ANALYTICS=1 DVC_SITE_CACHE_DIR=$PWD/site
      mkdir project && cd project && git init -q && \(dvc) init -q
      \(dvc) remote add -q -d r '\(url)'
      \(modify)
      mkdir d && echo one > d/a && echo two > 'd/b é' && head -c 200000 /dev/zero > big
      \(dvc) add -q d big && \(dvc) push -q
      """, in: folder.path)
  }

  private func pull(_ folder: TemporaryFolder) async throws -> String {
    let dvc = try Peer.python.removingLastComponent().appending("dvc").string
    return try await Program.shell(
      """
      export DVC_NO_ANALYTICS=1 DVC_SITE_CACHE_DIR=$PWD/site2
      cd project && rm -rf .dvc/cache d big && \(dvc) pull -q && cat d/a 'd/b é' && stat -c %s big
      """, in: folder.path)
  }

  /// Takes every object away that DVC pushed, and brings it back by ourselves.
  private func carry(_ store: any ObjectStore, _ folder: TemporaryFolder) throws -> [String] {
    var keys: [String] = []
    try store.list("files/md5/") { key, _ in keys.append(key) }
    for (index, key) in keys.enumerated() {
      let file = folder.path.appending("carried\(index)")
      try store.download(key, to: file, TransferContext())
      let hash = key.split(separator: "/").suffix(2).joined().replacing(".dir", with: "")
      #expect(MD5.digest(of: try FileSystem.read(file)).hex == hash)
      try store.remove(key)
      #expect(try store.size(of: key) == nil)
      try store.upload(file, to: key, TransferContext())
    }
    return keys
  }

  private static let keys = 4

  @Test("S3, on both servers", arguments: RemotesServer.Kind.allCases)
  func s3(kind: RemotesServer.Kind) async throws {
    let server = try RemotesServer(kind)
    let url = "s3://data/some/where"
    try await push(server.folder, url, server.settings)
    let store = try ObjectStores.open(url: url, settings: server.settings, variables: [:])
    #expect(try carry(store, server.folder).count == Self.keys)
    #expect(try await pull(server.folder) == "one\ntwo\n200000\n")
  }

  @Test("a folder")
  func folder() async throws {
    let folder = try TemporaryFolder()
    let url = folder.path.appending("remote").string
    try await push(folder, url, [:])
    let store = try ObjectStores.open(url: url, settings: [:], variables: [:])
    #expect(try carry(store, folder).count == Self.keys)
    let modes = try await Program.shell(
      "find remote -type f -printf '%m\\n' | sort -u", in: folder.path)
    #expect(modes == "444\n")
    #expect(try await pull(folder) == "one\ntwo\n200000\n")
  }
}
