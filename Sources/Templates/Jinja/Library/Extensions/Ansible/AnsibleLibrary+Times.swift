import Glibc

extension AnsibleLibrary {
  static func addTimes(to library: inout TemplateLibrary) {
    library.addFilter("strftime", as: Signature("strftime", "string_format", "second?")) {
      (call, render) throws(TemplateError) -> Value in
      var seconds = time(nil)
      if let given = call[1], !given.isNone {
        do throws(TemplateError) {
          guard let exact = Int(exactly: try render.integer(given)) else {
            throw .overflow("timestamp out of range for platform time_t")
          }
          seconds = exact
        } catch {
          guard error.exception != "OverflowError" else { throw error }
          throw .filterArgument("Invalid value for epoch value (\(try render.str(given)))")
        }
      }
      var parts = tm()
      guard localtime_r(&seconds, &parts) != nil, parts.tm_year < 8100, parts.tm_year > -1900 else {
        throw .overflow("timestamp out of range for platform time_t")
      }
      guard let format = call.input.text else {
        throw .type("strftime() argument 1 must be str, not \(call.input.typeName)")
      }
      let clock = CivilTime(
        year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday),
        hour: Int(parts.tm_hour), minute: Int(parts.tm_min), second: Int(parts.tm_sec))
      let name = parts.tm_zone.map { String(cString: $0) } ?? "UTC"
      let zone = TimeFormat.Zone(
        offset: parts.tm_gmtoff, name: name, isSummer: parts.tm_isdst > 0)
      // `time.strftime` leaves `%f` as it is.
      let kept = try format.replacing("%f", with: "%%f")
      return .string(TimeFormat.text(kept, clock, zone))
    }
  }
}
