/// What a role allows.
package struct AccessGrant: Sendable, Hashable {
  package var id: Int64
  package var role: Int64
  package var subject: AccessSubject
  package var level: AccessLevel
}
