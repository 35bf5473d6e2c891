import Formats

/// An output that is stored of a cell, and the one that came in its place.
struct OutputPair {
  /// `stdout`, or `output 2`, counted among those that are no streams.
  var name: String
  var old: JSONValue?
  var new: JSONValue?

  /// Streams by their names, all others by their order.
  ///
  /// - Parameters: what ``apart(_:)`` gave.
  static func pairs(_ old: [JSONValue], _ new: [JSONValue]) -> [OutputPair] {
    let (olds, news) = (Split(old), Split(new))
    let names = Set(olds.streams.keys).union(news.streams.keys)
    var pairs = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.reversed().map { name in
      OutputPair(name: name, old: olds.streams[name], new: news.streams[name])
    }
    for place in 0..<max(olds.others.count, news.others.count) {
      pairs.append(
        OutputPair(
          name: "output \(place + 1)", old: olds.others[checked: place],
          new: news.others[checked: place]))
    }
    return pairs
  }

  /// Outputs with all that was printed to a stream as one, streams first.
  static func apart(_ outputs: [JSONValue]) -> [JSONValue] {
    let streams = outputs.filter { $0["output_type"] == "stream" }
    return CellOutputReader.joined(streams) + outputs.filter { $0["output_type"] != "stream" }
  }

  private struct Split {
    var streams: [String: JSONValue] = [:]
    var others: [JSONValue] = []

    init(_ outputs: [JSONValue]) {
      for output in outputs {
        if output["output_type"] == "stream" {
          streams[output["name"]?.string ?? ""] = output
        } else {
          others.append(output)
        }
      }
    }
  }
}

extension Array {
  fileprivate subscript(checked place: Int) -> Element? {
    indices.contains(place) ? self[place] : nil
  }
}
