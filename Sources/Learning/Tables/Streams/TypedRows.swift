/// How many rows of a source that is no text make a part.
enum TypedRows {
  /// As many as take twice the size of a part of a text as numbers, at most 65,536.
  static func inPart(columns: Int, partSize: Int) -> Int {
    max(1, min(1 << 16, partSize / 4 / max(1, columns)))
  }
}
