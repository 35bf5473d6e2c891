/// A name that points to one version of a registered model, such as `champion`.
package struct ModelAlias: Sendable, Hashable {
  package var name: String
  package var version: Int64

  package init(name: String, version: Int64) {
    self.name = name
    self.version = version
  }
}
