import Datasets
import Platform
import Support
import SystemPackage
import Testing

/// Random trees, random edits, random revisions, beside a model that is a dictionary in memory.
@Suite("Versions beside a model") struct VersionModelTests {
  /// What files hold, by path from the project's root.
  private typealias Model = [Place: [UInt8]]

  /// A path by its bytes: Swift takes `é` in one character and in two for the same.
  private struct Place: Hashable, CustomStringConvertible {
    let bytes: [UInt8]

    init(_ text: String) { bytes = Array(text.utf8) }

    var description: String { String(decoding: bytes, as: UTF8.self) }

    func isIn(_ folder: String) -> Bool {
      bytes.elementsEqual(folder.utf8) || bytes.starts(with: (folder + "/").utf8)
    }
  }

  private struct World {
    let folder: FilePath
    var random: SeededRandom
    /// The work tree.
    var files: Model = [:]
    /// What was added last, by the tracked path.
    var added: [String: Model] = [:]
    /// By commit, what each tracked path holds.
    var commits: [(name: String, content: [String: Model])] = []

    var repository: DataRepository {
      get throws {
        try #require(try DataRepository.find(from: folder, variables: ["HOME": folder.string]))
      }
    }
  }

  private static let tracked = ["set", "deep/er", "one.bin"]
  private static let names = [
    "a", "b", "sub/a", "sub/b", "sub.x", "z/y/x/w", "데이터", "e\u{301}", "é", " s", "q\"",
    "back\\slash",
  ]

  @Test("what a model says is what is on disk, through hundreds of steps", arguments: 0..<8)
  func model(seed: UInt64) async throws {
    let folder = try TemporaryFolder()
    try await Program.shell("git init -q -b main .", in: folder.path)
    _ = try DataRepository.findOrSetUp(
      from: folder.path, variables: ["HOME": folder.path.string])
    var world = World(folder: folder.path, random: SeededRandom(seed: seed))
    for step in 0..<40 {
      switch Int(world.random.next() % 10) {
      case 0...3: try edit(&world)
      case 4...5: try add(&world)
      case 6: try await commit(&world)
      case 7: try checkout(&world, step)
      case 8: try collect(world)
      default: try status(world, step)
      }
      try compare(world, "seed \(seed), step \(step)")
    }
    #expect(try CacheCheck(world.repository.cache).run().damaged == [])
    // Every commit comes back, whatever was collected.
    for (name, content) in world.commits {
      try checkOut(world, at: name)
      world.files = content.values.reduce(into: [:]) { $0.merge($1) { $1 } }
      try compare(world, "seed \(seed), commit \(name)", only: Set(content.keys))
    }
  }

  private func edit(_ world: inout World) throws {
    let path = world.random.pick(Self.tracked)
    let isFile = path.hasSuffix(".bin")
    let place = isFile ? path : path + "/" + world.random.pick(Self.names)
    if world.random.chance(1, of: 4), world.files[Place(place)] != nil {
      try FileSystem.remove(world.folder.pushing(FilePath(place)))
      world.files[Place(place)] = nil
      return
    }
    // A file cannot be where a folder is.
    guard !world.files.keys.contains(where: { $0.isIn(place) && $0 != Place(place) }) else {
      return
    }
    let size = world.random.pick([0, 1, 55, 64, 1000, 70_000, 300_000])
    let seed = UInt8(truncatingIfNeeded: world.random.next())
    let bytes = [UInt8](repeating: seed, count: size)
    try FileSystem.createDirectory(world.folder.pushing(FilePath(place)).removingLastComponent())
    try FileSystem.write(bytes, to: world.folder.pushing(FilePath(place)), durable: false)
    world.files[Place(place)] = bytes
  }

  private func part(_ world: World, _ path: String) -> Model {
    world.files.filter { $0.key.isIn(path) }
  }

  private func add(_ world: inout World) throws {
    let path = world.random.pick(Self.tracked)
    guard FileSystem.exists(world.folder.pushing(FilePath(path))) else { return }
    _ = try DataAddition(world.repository, DataAddition.Options()).add(
      world.folder.pushing(FilePath(path)))
    world.added[path] = part(world, path)
  }

  private func commit(_ world: inout World) async throws {
    let name = "v\(world.commits.count)"
    try await Program.shell(
      "for p in .dvc '*.dvc' '*.gitignore'; do git add -A -- \"$p\" || true; done; git commit -q --allow-empty -m \(name) && git tag \(name)",
      in: world.folder)
    world.commits.append((name, world.added))
  }

  /// A commit's version, or refused when work that no version holds would go.
  private func checkout(_ world: inout World, _ step: Int) throws {
    guard !world.commits.isEmpty else { return }
    let (name, content) = world.random.pick(world.commits)
    let checkout = DataCheckout(try world.repository, DataCheckout.Options())
    let plans = try world.repository.trackedPaths(at: name).compactMap { try checkout.plan($0) }
    let kept = try world.repository.cache.names()
    let lost = content.keys.flatMap { path in
      part(world, path).filter { file in
        content[path]?[file.key] != file.value
          && !kept.contains(ObjectName(MD5.digest(of: file.value)))
      }
    }
    do {
      _ = try checkout.carryOut(plans)
      #expect(lost.isEmpty, "step \(step): unsaved work was dropped")
      for (path, files) in content {
        for key in part(world, path).keys { world.files[key] = nil }
        world.files.merge(files) { $1 }
      }
    } catch let failure as Failure {
      #expect(failure.code == .conflict && !lost.isEmpty, "step \(step): \(failure)")
    }
  }

  private func checkOut(_ world: World, at name: String) throws {
    var options = DataCheckout.Options()
    options.isForced = true
    let checkout = DataCheckout(try world.repository, options)
    let plans = try world.repository.trackedPaths(at: name).compactMap { try checkout.plan($0) }
    _ = try checkout.carryOut(plans)
  }

  private func collect(_ world: World) throws {
    var options = DataCollection.Options()
    options.grace = 0
    _ = try DataCollection(world.repository, sharedWith: [], options).run()
  }

  private func status(_ world: World, _ step: Int) throws {
    let repository = try world.repository
    let status = try DataStatus(repository, repository.trackedPaths(), isGranular: true)
    for item in status.items {
      let path = item.tracked.path.string
      let isSame = world.added[path] == part(world, path)
      #expect((item.state == .unchanged) == isSame, "step \(step): \(path) is \(item.state)")
    }
  }

  private func compare(_ world: World, _ place: String, only: Set<String>? = nil) throws {
    var found: Model = [:]
    func read(_ folder: FilePath, _ prefix: String) throws {
      for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
        let path = folder.appending(name)
        if FileSystem.isDirectory(path) {
          try read(path, prefix + name + "/")
        } else if !name.hasSuffix(".dvc") {
          found[Place(prefix + name)] = try FileSystem.read(path)
        }
      }
    }
    try read(world.folder, "")
    if let only {
      found = found.filter { file in
        only.contains { file.key.isIn($0) }
      }
    }
    #expect(Set(found.keys) == Set(world.files.keys), "\(place)")
    let other = found.filter { world.files[$0.key] != $0.value }.map(\.key)
    #expect(other == [], "\(place)")
  }
}
