/// How a run from elsewhere meets the records.
package enum RunMeeting: Sendable, Hashable {
  /// None of its id is here.
  case absent
  /// The same run is here; something may have been added to it there since.
  ///
  /// - isComplete: whether all but its points is here already.
  /// - points: how many points of metrics are here; nil when nobody counted, and the latest values say enough.
  case agrees(isComplete: Bool, points: Int?)
  /// A run of its id is here that says something else; the text says what.
  case conflict(String)
}
