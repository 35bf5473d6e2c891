/// Why an index cannot be read.
struct IndexProblem: Error {
  var reason: String
  var isUnsupported = false
  var hint: String?
}
