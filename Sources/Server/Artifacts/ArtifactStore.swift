import HTTPTypes
import HummingbirdCore
import NIOCore
import NIOPosix
import Platform
import Records
import SystemPackage

/// The artifacts that this server hands out: the folder `artifacts` beside the records, and nothing outside of it.
///
/// All that waits for the disk runs on threads of its own.
package struct ArtifactStore: Sendable {
  private let folder: ConfinedFolder

  package init(_ store: RecordStore) throws {
    let path = store.folder.appending("artifacts")
    try FileSystem.createDirectory(path)
    folder = try ConfinedFolder(path)
  }

  /// One name of a listing, as MLflow's `FileInfo`.
  package typealias Entry = ConfinedFolder.Entry

  /// What a folder holds; nothing for one that is missing and for a file, as in MLflow.
  package func list(_ path: ArtifactPath) async throws -> [Entry] {
    try await blocking { folder in
      guard try folder.status(path.names)?.kind == .directory else { return [] }
      return try folder.list(path.names)
    }
  }

  /// A file, open; the part of it that the head fields ask for is sent.
  package func download(_ path: ArtifactPath, _ headers: HTTPFields) async throws -> ServerAnswer {
    let file = try await blocking { folder in
      switch try folder.status(path.names)?.kind {
      case nil: throw APIError.missing("No such artifact: '\(path.text)'")
      case .directory?:
        throw APIError.invalid(
          "Artifact path refers to a directory, not a file: '\(path.text)'")
      default: return try folder.openFile(path.names)
      }
    }
    return FileAnswer(file: file, name: path.names.last ?? "").answer(to: headers)
  }

  /// Writes a file from a body as it comes; it appears whole, or not at all.
  ///
  /// - Parameter limit: bytes; more are refused with status 413.
  package func upload(_ path: ArtifactPath, _ body: RequestBody, upTo limit: Int64 = .max)
    async throws
  {
    guard !path.names.isEmpty else { throw ArtifactPath.invalid }
    let upload = try await blocking { try $0.upload(path.names) }
    var size: Int64 = 0
    var pace = BodyPace()
    for try await piece in body {
      try pace.take(piece.readableBytes)
      size += Int64(piece.readableBytes)
      guard size <= limit else {
        throw APIError("INVALID_PARAMETER_VALUE", "Artifact size is too large.", status: 413)
      }
      try await NIOThreadPool.singleton.runIfActive {
        try piece.withUnsafeReadableBytes { try upload.write($0) }
      }
    }
    try await NIOThreadPool.singleton.runIfActive { try upload.commit() }
  }

  /// Removes a file, or a folder with all it holds; what is not there is no error.
  package func remove(_ path: ArtifactPath) async throws {
    guard !path.names.isEmpty else { throw ArtifactPath.invalid }
    _ = try await blocking { try $0.remove(path.names) }
  }

  private func blocking<Value: Sendable>(
    _ body: @escaping @Sendable (ConfinedFolder) throws -> Value
  ) async throws -> Value {
    let folder = folder
    return try await NIOThreadPool.singleton.runIfActive { try body(folder) }
  }
}
