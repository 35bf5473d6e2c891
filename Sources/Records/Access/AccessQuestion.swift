/// What an operation needs of a grant on something.
package struct AccessQuestion: Sendable, Hashable {
  package enum Need: Sendable, Hashable {
    case at(AccessLevel)
    /// Nothing, but that it is not denied.
    case noDenial
  }

  package var subject: AccessSubject
  package var need: Need
  /// Whose grants speak when there is none on the subject.
  package var heirs: [AccessSubject]

  package init(_ subject: AccessSubject, _ need: Need, else heirs: AccessSubject...) {
    self.subject = subject
    self.need = need
    self.heirs = heirs
  }
}
