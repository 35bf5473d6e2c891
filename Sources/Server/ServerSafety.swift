import Records

/// Who may use a server, by which names, and how much.
package struct ServerSafety: Sendable {
  /// The users; nil when everybody is served who can reach it.
  package var users: AccessStore?
  /// Names beside the loopback's by which the server may be called: `name` or `name:port`.
  package var hosts: [String] = []
  /// Origins of other sites whose pages may change something.
  package var origins: [String] = []
  /// A word that every request must carry, when there are no users.
  package var token: String?
  /// Whether clients have the addresses that a proxy on this machine gives them.
  package var trustsProxy = false
  /// Requests a second from one address; nil: as many as come.
  package var requestRate: Double?
  /// Requests that are worked on at once, and that wait for it.
  package var places = 256
  package var room = 1024
  package var limits = ServerLimits()

  package init(users: AccessStore? = nil) { self.users = users }
}
