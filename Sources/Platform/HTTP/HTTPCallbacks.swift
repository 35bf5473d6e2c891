import CCurl

/// The functions that libcurl calls, which lead to an ``HTTPTransfer``.
enum HTTPCallbacks {
  /// Sets them all; false when libcurl does not want one.
  static func set(
    _ handle: UnsafeMutableRawPointer, _ context: UnsafeMutableRawPointer
  ) -> Bool {
    let codes = [
      reprise_curl_set_write(
        handle,
        { data, size, count, context in
          guard let transfer = transfer(of: context) else { return 0 }
          let bytes = UnsafeRawBufferPointer(start: data, count: size * count)
          return transfer.take(bytes) ? bytes.count : 0
        }, context),
      reprise_curl_set_header(
        handle,
        { data, size, count, context in
          transfer(of: context)?.take(
            header: UnsafeRawBufferPointer(start: data, count: size * count))
          return size * count
        }, context),
      reprise_curl_set_read(
        handle,
        { data, size, count, context in
          let buffer = UnsafeMutableRawBufferPointer(start: data, count: size * count)
          return transfer(of: context)?.give(buffer) ?? Int(CURL_READFUNC_ABORT)
        },
        { context, place, origin in
          guard origin == 0, let transfer = transfer(of: context) else { return CURL_SEEKFUNC_FAIL }
          return transfer.seek(to: Int64(place)) ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
        }, context),
      reprise_curl_set_progress(
        handle,
        { context, total, received, _, _ in
          guard let transfer = transfer(of: context) else { return 1 }
          return transfer.progress(received, total) ? 0 : 1
        }, context),
    ]
    return codes.allSatisfy { $0 == CURLE_OK }
  }
}

private func transfer(of context: UnsafeMutableRawPointer?) -> HTTPTransfer? {
  context.map { Unmanaged<HTTPTransfer>.fromOpaque($0).takeUnretainedValue() }
}
