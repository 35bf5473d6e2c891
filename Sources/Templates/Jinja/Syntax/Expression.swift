/// An expression of a template.
package indirect enum Expression: Sendable {
  case none
}
