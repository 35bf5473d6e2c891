/// How a test compares the outputs of a notebook with those that are stored.
package struct NotebookTestOptions: Sendable {
  /// How far numbers may be apart, relative to the stored ones.
  package var rtol = 1e-9
  /// How far they may be apart besides.
  package var atol = 0.0
  /// Whether outputs are compared only of the cells that ask for it.
  package var isLax = false
  /// Whether pictures of pixels are passed over; those in SVG are texts.
  package var ignoresImages = false
  /// Changes a text of an output before it is compared, the stored one and the new one; nil changes nothing.
  package var sanitizer: (@Sendable (String) throws -> String)?

  package init() {}
}
