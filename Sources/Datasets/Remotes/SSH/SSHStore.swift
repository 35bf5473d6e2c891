import Glibc
import Platform
import SystemPackage

/// A folder of another machine, through the user's own `ssh` with its configuration, agent and keys.
package final class SSHStore: ObjectStore {
  private let connector: SSHConnector
  let folder: String
  private let retries: RetryPolicy

  package convenience init(
    _ address: SSHAddress, settings: [String: String], variables: [String: String]
  ) throws {
    try self.init(
      address, settings: settings, variables: variables, retries: RetryPolicy(attempts: 4))
  }

  init(
    _ address: SSHAddress, settings: [String: String], variables: [String: String],
    retries: RetryPolicy
  ) throws {
    connector = try SSHConnector(address, RemoteSettings(settings), variables)
    folder = address.folder
    self.retries = retries
  }

  package var shown: String { connector.address.shown }

  package func size(of key: String) throws -> Int64? {
    let path = try path(of: key)
    let found = try with(path) { try $0.look(at: path) }
    guard let found, found.isFile else { return nil }
    return found.size
  }

  package func remove(_ key: String) throws {
    let path = try path(of: key)
    try with(path) { channel in
      do { try channel.remove(path) } catch let refusal as SFTPChannel.Refusal {
        guard refusal.code == SFTPChannel.Refusal.noSuchFile else { throw refusal }
      }
    }
  }

  package func upload(_ file: FilePath, to key: String, _ transfer: TransferContext) throws {
    let target = try path(of: key)
    let parent = String(target[..<(target.lastIndex(of: "/") ?? target.startIndex)])
    // What a connection that was lost left behind.
    var leftover: String?
    try with(target, isCancelled: transfer.isCancelled) { channel in
      try transfer.check()
      if let path = leftover { try? channel.remove(path) }
      if !transfer.replaces, let size = try channel.look(at: target)?.size {
        return transfer.moved(size)
      }
      var sent: Int64 = 0
      let temporary = parent + "/" + TemporaryName.make()
      leftover = temporary
      do {
        let handle = try Self.create(temporary, in: parent, channel)
        do {
          try channel.write(file, to: handle) { count in
            sent += count
            transfer.moved(count)
          }
        } catch {
          if channel.open == 0 { try? channel.close(handle) }
          throw error
        }
        try channel.close(handle)
        try channel.rename(temporary, to: target)
      } catch {
        transfer.moved(-sent)
        guard channel.open == 0, !(error is SSHProcess.Lost) else { throw error }
        try? channel.remove(temporary)
        throw try Self.isFull(parent, channel)
          ? Failure(
            .noSpace, "there is no room for `\(shown)`", hint: "free some room on the server")
          : error
      }
    }
  }

  /// Makes a file, and the folders above it when they are missing.
  private static func create(
    _ path: String, in parent: String, _ channel: SFTPChannel
  ) throws -> ArraySlice<UInt8> {
    do {
      return try channel.openFile(path, .creating)
    } catch let refusal as SFTPChannel.Refusal
      where refusal.code == SFTPChannel.Refusal.noSuchFile
    {
      try channel.makeFolder(parent)
      return try channel.openFile(path, .creating)
    }
  }

  /// Whether a disk is full; SFTP does not say so by itself.
  private static func isFull(_ path: String, _ channel: SFTPChannel) throws -> Bool {
    guard let room = try? channel.room(at: path) else { return false }
    return room < 1 << 16
  }

  package func download(_ key: String, to file: FilePath, _ transfer: TransferContext) throws {
    let path = try path(of: key)
    let target = file.withPlatformString {
      open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    }
    guard target >= 0 else { throw Failure(errno: errno, "create", file) }
    do {
      var done: Int64 = 0
      var size: Int64?
      try with(path, isCancelled: transfer.isCancelled) { channel in
        try transfer.check()
        guard let found = try channel.look(at: path), found.isFile, let now = found.size else {
          throw Failure(.notFound, "`\(key)` is not in `\(shown)`")
        }
        if let size, size != now {
          // Another object took its place.
          transfer.moved(-done)
          done = 0
          guard ftruncate(target, 0) == 0 else { throw Failure(errno: errno, "write", file) }
        }
        size = now
        let handle = try channel.openFile(path, .reading)
        try channel.read(handle, from: done, size: now, into: target, file) { count in
          done += count
          transfer.moved(count)
        }
        try channel.close(handle)
      }
    } catch {
      close(target)
      try? FileSystem.remove(file)
      throw error
    }
    guard close(target) == 0 else {
      let number = errno
      try? FileSystem.remove(file)
      throw Failure(errno: number, "write", file)
    }
  }

  func path(of key: String) throws -> String {
    try ObjectKey.check(key)
    return folder == "/" ? "/" + key : folder + "/" + key
  }

  /// Does something with a channel, again when the connection is lost.
  func with<Value>(
    _ path: String, isCancelled: @escaping @Sendable () -> Bool = { false },
    _ body: (SFTPChannel) throws -> Value
  ) throws -> Value {
    try retries.run(isCancelled: isCancelled) { _ in
      do {
        return try connector.with(isCancelled, body)
      } catch let refusal as SFTPChannel.Refusal {
        throw failure(refusal, path)
      }
    }
  }

  private func failure(_ refusal: SFTPChannel.Refusal, _ path: String) -> Failure {
    let place = "`\(path)` at `\(connector.address.login)`"
    switch refusal.code {
    case SFTPChannel.Refusal.noSuchFile: return Failure(.notFound, "\(place) is not there")
    case SFTPChannel.Refusal.permissionDenied:
      return Failure(
        .permission, "access to \(place) is denied", hint: "who owns the folder on the server?")
    default:
      return Failure(
        .io, "the server cannot do what is asked with \(place)",
        cause: refusal.message.isEmpty ? "status \(refusal.code)" : refusal.message)
    }
  }
}
