/// The version of this program, which the results of its own trainers depend on.
package enum ProgramVersion {
  package static let text = "0.1.0"
}
