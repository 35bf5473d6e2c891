import Platform
import SystemPackage

extension S3Store {
  package func download(_ key: String, to file: FilePath, _ transfer: TransferContext) throws {
    let name = try name(of: key)
    // The bytes are counted where they are written.
    let quiet = TransferContext(isCancelled: transfer.isCancelled)
    try ResumingDownload(to: file, transfer).run(retries) { headers, receive in
      var call = S3Call("GET", name, accepts: headers.isEmpty ? [] : [412, 416])
      call.headers = headers
      return try send(call, quiet, retries: RetryPolicy(attempts: 1), receive: receive)
    }
  }
}
