/// What a message changed in the outputs of a cell.
package enum OutputChange: Sendable, Equatable {
  /// Text at the end of the last stream of that name, or a new one.
  case streamed(name: String, text: String)
  /// A new output behind the others.
  case appended(NotebookJSON)
  /// The output of that place is another one now.
  case updated(index: Int, NotebookJSON)
  /// There are none any more.
  case cleared
}
