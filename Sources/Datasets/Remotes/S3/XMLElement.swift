import Platform

/// An element of an XML document, with the text directly in it.
///
/// Read by a small strict reader for the answers of S3's interface: namespaces are dropped, attributes are checked and
/// forgotten, a DOCTYPE is refused (and with it every entity but the five of the standard).
struct XMLElement: Sendable, Hashable {
  var name: String
  var text = ""
  var children: [XMLElement] = []

  init(name: String) { self.name = name }

  /// - Throws: ``ParseFailure`` with the place.
  init(parsing bytes: [UInt8]) throws(ParseFailure) {
    var reader = XMLReader(bytes)
    self = try reader.document()
  }

  /// The first child of a name.
  subscript(name: String) -> XMLElement? { children.first { $0.name == name } }

  /// All children of a name.
  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }
}
