/// What `docker_env` says.
package struct DockerEnvironment: Sendable, Hashable {
  package var image: String
  package var volumes: [String]
  /// Variables: with a value of their own, or copied from the host when the value is nil.
  package var variables: [Variable]

  package struct Variable: Sendable, Hashable {
    package var name: String
    package var value: String?
  }
}
