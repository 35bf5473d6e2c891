import Platform
import Runner

/// Reads the events of a run from where they were read last.
struct EventTail: Sendable {
  /// Where the next line begins.
  private(set) var offset: Int64 = 0
  /// How long the file was when it was read last.
  private(set) var seen: Int64 = 0
  /// Whether the line that begins here is too long, and what comes is the rest of it.
  private var isWithinLine = false

  private static let piece: Int64 = 1 << 20
  /// Longer lines are nothing that a person would look at.
  static let longest: Int64 = 64 << 20

  /// Gives every event that is there whole; the last line may still be written.
  ///
  /// - Parameters:
  ///   - size: of the file.
  ///   - take: gets an event, and where its line stands.
  mutating func read(
    in folder: ArtifactFolder, upTo size: Int64, _ take: (DocumentEvent, Range<Int64>) -> Void
  ) throws {
    seen = size
    var length = Self.piece
    while offset < size {
      let bytes = try folder.bytes(of: RunLog.events, offset..<min(size, offset + length)) ?? []
      guard let end = bytes.lastIndex(of: 0x0A) else {
        guard bytes.count >= Int(length) else { return }
        if length < Self.longest {
          length *= 4
        } else {
          isWithinLine = true
          offset += Int64(bytes.count)
        }
        continue
      }
      var start = 0
      while start <= end {
        let stop = bytes[start...].firstIndex(of: 0x0A) ?? end
        if !isWithinLine, let event = DocumentEvent(bytes[start..<stop]) {
          take(event, offset + Int64(start)..<offset + Int64(stop))
        }
        isWithinLine = false
        start = stop + 1
      }
      offset += Int64(end + 1)
      length = Self.piece
    }
  }

  /// The name of the script that the first event tells of, empty when it tells of none; nil as long as there is no event.
  static func script(in folder: ArtifactFolder) -> String? {
    let bytes = (try? folder.bytes(of: RunLog.events, 0..<(64 << 10))) ?? []
    guard let end = bytes.firstIndex(of: 0x0A) else { return nil }
    guard case .status(_, let script)? = DocumentEvent(bytes[..<end])?.kind else { return "" }
    return script ?? ""
  }

  /// The event of a line.
  ///
  /// - Parameter place: as it was told; nil is given when no line stands just there.
  static func event(at place: Range<Int64>, in folder: ArtifactFolder) throws -> DocumentEvent? {
    guard place.lowerBound >= 0, place.count <= longest else { return nil }
    let before = max(0, place.lowerBound - 1)
    guard let bytes = try folder.bytes(of: RunLog.events, before..<place.upperBound),
      bytes.count == Int(place.upperBound - before)
    else { return nil }
    guard place.lowerBound > 0 else { return DocumentEvent(bytes[...]) }
    return bytes.first == 0x0A ? DocumentEvent(bytes.dropFirst()) : nil
  }
}
