import Glibc

/// A number in at most six significant digits, as C's `%.6g` writes it.
package func shortNumber(_ value: Double) -> String {
  var buffer = [CChar](repeating: 0, count: 64)
  _ = withVaList([value]) { vsnprintf(&buffer, 64, "%.6g", $0) }
  return String(cBytes: buffer)
}
