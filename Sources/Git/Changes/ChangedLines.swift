import CGit2
import Platform

/// The lines of a text that an older text does not have, as `git diff` sees them.
package struct ChangedLines: Sendable {
  /// Counted from 1, in order.
  package private(set) var ranges: [Range<Int>] = []

  /// What the callback of libgit2 adds to.
  private final class Sink {
    var ranges: [Range<Int>] = []
  }

  package init(from old: [UInt8], to new: [UInt8]) throws {
    guard old != new else { return }
    var options = git_diff_options()
    git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    options.flags |= GIT_DIFF_FORCE_TEXT.rawValue
    options.max_size = -1
    options.context_lines = 0
    options.interhunk_lines = 0
    let sink = Sink()
    try LibGit2.check(
      git_diff_buffers(
        old, old.count, nil, new, new.count, nil, &options, nil, nil,
        { _, hunk, payload in
          guard let hunk, let payload else { return -1 }
          let sink = Unmanaged<Sink>.fromOpaque(payload).takeUnretainedValue()
          let start = Int(hunk.pointee.new_start)
          let count = Int(hunk.pointee.new_lines)
          // Lines that only went away leave none of their own.
          if start > 0, count > 0 { sink.ranges.append(start..<(start + count)) }
          return 0
        }, nil, Unmanaged.passUnretained(sink).toOpaque()), "compare two contents")
    ranges = sink.ranges
  }

  /// Whether one of some lines changed.
  package func overlaps(_ lines: ClosedRange<Int>) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upperBound <= lines.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lowerBound <= lines.upperBound
  }
}
