import Formats
import Platform

/// What can be seen of a file: a picture, the first rows of a table, a text.
struct FilePreview {
  let at: PageContext
  let file: ConfinedFile
  /// Below the run's artifacts.
  let name: String
  /// Where its bytes are.
  let address: String

  /// Of a text; the rest is left to who downloads it.
  static let textBytes: Int64 = 512 << 10
  static let tableBytes: Int64 = 1 << 20
  static let documentBytes: Int64 = 8 << 20
  static let parquetBytes: Int64 = 128 << 20

  private var size: Int64 { file.status.size }

  var html: HTML {
    do {
      return try content
    } catch let failure as ParseFailure {
      return problem(failure.message) + ((try? text) ?? .nothing)
    } catch let failure as Failure {
      return problem(failure.message)
    } catch {
      return problem("\(error)")
    }
  }

  private var content: HTML {
    get throws {
      switch FileKind(name) {
      case .picture: return "<img class=\"picture\" src=\"\(address)\" alt=\"\(name)\">"
      case .table:
        return try TablePreview(
          csv: head(Self.tableBytes), isTabbed: name.hasSuffix(".tsv"),
          isCut: size > Self.tableBytes
        ).html(at)
      case .parquet:
        return try TablePreview(parquet: ParquetFile(parsing: whole(Self.parquetBytes))).html(at)
      case .json: return try json
      case .notebook: return try NotebookView(try whole(Self.documentBytes)).html
      case .patch: return DiffText.html(String(decoding: try head(Self.textBytes), as: UTF8.self))
      case .text: return try text
      case .page:
        return """
          <iframe class="page" sandbox src="\(address)" title="\(name)"></iframe><details>\
          <summary>\(at[.source])</summary>\(try text)</details>
          """
      case .sound: return "<audio controls src=\"\(address)\"></audio>"
      case .film: return "<video controls src=\"\(address)\"></video>"
      case .document:
        return "<p>\(at[.noPreview])</p><p><a href=\"\(address)\">\(at[.open])</a></p>"
      case .other: return try isText ? text : "<p class=\"empty\">\(at[.noPreview])</p>"
      }
    }
  }

  private var text: HTML {
    get throws {
      let bytes = try head(Self.textBytes)
      let cut: HTML =
        size > Self.textBytes ? "<p class=\"quiet\">\(at[.onlyBeginning])</p>" : .nothing
      return
        "<pre class=\"file\" tabindex=\"0\">\(String(decoding: bytes, as: UTF8.self))</pre>\(cut)"
    }
  }

  private var json: HTML {
    get throws {
      guard size <= Self.textBytes else { return try text }
      let value = try JSONValue(parsing: try head(Self.textBytes), allowsNonFinite: true)
      return "<pre class=\"file\" tabindex=\"0\">\(value.text(.indented))</pre>"
    }
  }

  /// Whether the file begins as text does.
  private var isText: Bool {
    get throws {
      let bytes = try head(4096)
      return !bytes.isEmpty && !bytes.contains(0)
        && !String(decoding: bytes.dropLast(min(3, bytes.count)), as: UTF8.self).contains(
          "\u{FFFD}")
    }
  }

  private func whole(_ limit: Int64) throws -> [UInt8] {
    guard size <= limit else {
      throw Failure(.invalid, "the file is too large to be shown: \(ByteCount(size))")
    }
    return try head(limit)
  }

  private func head(_ limit: Int64) throws -> [UInt8] { try file.bytes(0..<limit) }

  private func problem(_ message: String) -> HTML {
    "<div class=\"problem\" lang=\"en\"><p>\(message)</p></div>"
  }
}
