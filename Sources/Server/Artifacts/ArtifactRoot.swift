import Records

/// Where the artifacts of a run or a model stand below ``ArtifactStore``.
enum ArtifactRoot {
  /// - Parameter uri: as clients see it.
  /// - Throws: ``APIError`` when they are kept elsewhere: this server opens no path and no address that a client gave.
  static func path(_ uri: String) throws(APIError) -> ArtifactPath {
    guard uri.hasPrefix(Tracking.proxyScheme) else {
      throw .invalid("The artifacts at '\(uri)' are not served here; read them from there.")
    }
    return try ArtifactPath(String(uri.dropFirst(Tracking.proxyScheme.count).drop { $0 == "/" }))
  }
}
