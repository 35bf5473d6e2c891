/// What `docker_env` says.
package struct DockerEnvironment: Sendable, Hashable {
  package var image: String
  package var volumes: [String]
  /// Variables: with a value of their own, or copied from the host when the value is nil.
  package var variables: [Variable]

  package struct Variable: Sendable, Hashable {
    package var name: String
    package var value: String?

    package init(_ name: String, _ value: String? = nil) {
      self.name = name
      self.value = value
    }
  }

  package init(image: String, volumes: [String] = [], variables: [Variable] = []) {
    self.image = image
    self.volumes = volumes
    self.variables = variables
  }
}
