import Formats
import Platform
import Synchronization
import SystemPackage

/// Where a text is, so that it can be read again from its beginning.
final class TextOrigin: Sendable {
  /// As it was given, for messages; nil for a text in memory.
  let name: String?
  let canReadAgain: Bool
  private let open: @Sendable () throws -> any ByteFeed
  /// What was opened to look at it, and is not used yet; of a pipe it is all that there will be.
  private let opened: Mutex<TextWindow?>

  /// A file, which is opened each time it is read.
  init(_ path: FilePath, _ packing: PackedText.Format?) {
    name = path.string
    canReadAgain = true
    opened = Mutex(nil)
    open = {
      let file = try FileFeed(path)
      return try packing.map { try UnpackedFeed(file, $0) } ?? file
    }
  }

  init(_ bytes: [UInt8], name: String?) {
    self.name = name
    canReadAgain = true
    opened = Mutex(nil)
    open = { MemoryFeed(bytes) }
  }

  /// Bytes that come once.
  init(once feed: sending any ByteFeed, name: String) {
    self.name = name
    canReadAgain = false
    opened = Mutex(TextWindow(feed))
    open = {
      throw Failure(
        .unsupported, "`\(name)` can be read once only, and was read",
        hint: "write it to a file first")
    }
  }

  /// Looks at the beginning of the text, which is then still to be read.
  func look<Result: Sendable>(_ body: (TextWindow) throws -> Result) throws -> Result {
    try opened.withLock { opened in
      let window = try opened ?? TextWindow(open())
      let result = try body(window)
      opened = canReadAgain ? nil : window
      return result
    }
  }

  /// The whole text, at its beginning.
  func window() throws -> sending TextWindow {
    let window = opened.withLock { opened in
      let window = opened
      opened = nil
      return window
    }
    return try window ?? TextWindow(open())
  }

  /// What a parser throws, with the file's name; all else as it is.
  func failure(_ error: any Error) -> any Error {
    (error as? ParseFailure).flatMap { problem in name.map { problem.failure(in: $0) } } ?? error
  }
}
