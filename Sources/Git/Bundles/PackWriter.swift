import CGit2
import Platform

/// Packs objects in the order they are given, on one thread, so that the same objects give the same bytes.
final class PackWriter {
  private let builder: OpaquePointer
  private let isStopped: () -> Bool
  private(set) var count = 0

  init(_ repository: Repository, isStopped: @escaping () -> Bool) throws {
    var builder: OpaquePointer?
    try LibGit2.check(git_packbuilder_new(&builder, repository.handle), "begin a pack")
    guard let builder else { throw Failure(.bug, "libgit2 made no pack") }
    self.builder = builder
    self.isStopped = isStopped
    git_packbuilder_set_threads(builder, 1)
    git_packbuilder_set_callbacks(
      builder,
      { _, _, _, payload in
        guard let payload else { return 0 }
        let writer = Unmanaged<PackWriter>.fromOpaque(payload).takeUnretainedValue()
        return writer.isStopped() ? GIT_EUSER.rawValue : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { git_packbuilder_free(builder) }

  /// - Parameter name: contents of the same name are compared with each other first.
  func add(_ object: ObjectID, name: [UInt8]) throws {
    var id = object.raw
    _ = try withPath(name[...]) {
      try LibGit2.check(
        git_packbuilder_insert(builder, &id, name.isEmpty ? nil : $0), "pack \(object.hex)")
    }
    count += 1
  }

  /// Writes the pack piece by piece.
  func write(to put: ([UInt8]) throws -> Void) throws {
    try withoutActuallyEscaping(put) { put in
      let sink = PackSink(put)
      let code = git_packbuilder_foreach(
        builder,
        { bytes, size, payload in
          guard let payload else { return -1 }
          let sink = Unmanaged<PackSink>.fromOpaque(payload).takeUnretainedValue()
          return sink.take(UnsafeRawBufferPointer(start: bytes, count: size))
        }, Unmanaged.passUnretained(sink).toOpaque())
      if let error = sink.error { throw error }
      if isStopped() { throw CancellationError() }
      try LibGit2.check(code, "write a pack")
      try sink.flush()
    }
  }
}

/// Gathers the small pieces that libgit2 writes.
private final class PackSink {
  private let put: ([UInt8]) throws -> Void
  private var pending: [UInt8] = []
  private(set) var error: (any Error)?

  init(_ put: @escaping ([UInt8]) throws -> Void) { self.put = put }

  func take(_ bytes: UnsafeRawBufferPointer) -> Int32 {
    pending.append(contentsOf: bytes)
    guard pending.count >= 1 << 18 else { return 0 }
    do {
      try flush()
      return 0
    } catch {
      self.error = error
      return -1
    }
  }

  func flush() throws {
    try put(pending)
    pending.removeAll(keepingCapacity: true)
  }
}
