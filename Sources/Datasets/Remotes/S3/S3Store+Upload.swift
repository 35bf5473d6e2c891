import Formats
import Platform
import SystemPackage

extension S3Store {
  package func upload(_ file: FilePath, to key: String, _ transfer: TransferContext) throws {
    let name = try name(of: key)
    guard let status = try FileSystem.status(file), status.kind == .file else {
      throw Failure(.notFound, "cannot send `\(file)`: it is no file")
    }
    try transfer.check()
    if status.size >= partsFrom {
      return try uploadInParts(file, status.size, to: name, transfer)
    }
    var call = S3Call("PUT", name)
    call.body = .file(file, offset: 0, count: status.size)
    call.headers = configuration.objectHeaders
    if let md5 = transfer.md5 {
      call.headers.append(HTTPHeader("content-md5", Base64.encode(md5.bytes)))
    }
    // Once, however often it is sent.
    if configuration.endpoint?.isSecure == false { call.payload = try call.digest() }
    _ = try sendUnlessThere(call, transfer)
  }

  /// Sends what makes an object, with the condition that the transfer asks for when the server knows it.
  ///
  /// - Returns: nil when the object was there and was left.
  func sendUnlessThere(_ call: S3Call, _ transfer: TransferContext) throws -> HTTPResponse? {
    guard !transfer.replaces, asksConditions else { return try send(call, transfer) }
    var conditional = call
    conditional.headers.append(HTTPHeader("if-none-match", "*"))
    conditional.accepts.formUnion([412, 501])
    let response = try send(conditional, transfer)
    switch response.status {
    case 412: return nil
    case 501:
      forgetConditions()
      return try send(call, transfer)
    default: return response
    }
  }
}
