/// Where an experiment's artifacts shall be kept.
enum ArtifactLocation {
  /// The location as it is kept.
  ///
  /// - Throws: ``APIError`` when it could lead elsewhere than it says.
  static func checked(_ text: String) throws(APIError) -> String {
    guard !text.contains("#"), !text.utf8.contains(0) else {
      throw .invalid("Invalid artifact_location: it must not have a fragment or a NUL character")
    }
    return text
  }
}
