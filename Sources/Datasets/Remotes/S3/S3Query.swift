/// A part of an address behind its `?`, not encoded.
struct S3Query: Sendable, Hashable {
  var name: String
  var value: String

  init(_ name: String, _ value: String = "") {
    self.name = name
    self.value = value
  }
}
