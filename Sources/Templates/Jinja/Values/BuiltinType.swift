/// A builtin type of Python; methods are looked up by it.
package enum BuiltinType: Sendable, Hashable, CaseIterable {
  case none, bool, int, float, string, markup, list, tuple, dict, range
}
