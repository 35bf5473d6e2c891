import Glibc
import Platform
import Synchronization
import SystemPackage

extension S3Store {
  /// Requests at a time of one large object.
  private static let threads = 4

  /// Sends a large file in parts, several at a time. When it fails, the server forgets the parts that it has; those of a
  /// process that was killed are used by the next one.
  func uploadInParts(
    _ file: FilePath, _ size: Int64, to name: String, _ transfer: TransferContext
  ) throws {
    let plan = PartPlan(size: size, smallest: smallestPart)
    var (id, tags): (String, [Int: String]) = ("", [:])
    if !transfer.replaces {
      // The content is the key's, whoever began.
      if try self.size(ofName: name) == size { return transfer.moved(size) }
      (id, tags) = try unfinished(name, file, plan) ?? ("", [:])
    }
    if id.isEmpty { id = try begin(name) }
    do {
      for index in tags.keys { transfer.moved(plan.place(index).count) }
      let all = try sendParts(file, plan, name, id, tags, transfer)
      try complete(name, id, all, plan, transfer)
    } catch {
      var call = S3Call("DELETE", name, accepts: [404])
      call.query = [S3Query("uploadId", id)]
      // What went wrong is told, and not this.
      _ = try? send(call, retries: RetryPolicy(attempts: 3, first: .milliseconds(100)))
      throw error
    }
  }

  private func size(ofName name: String) throws -> Int64? {
    let response = try send(S3Call("HEAD", name, accepts: [404]))
    return response.status == 404 ? nil : response.contentLength
  }

  private func begin(_ name: String) throws -> String {
    var call = S3Call("POST", name)
    call.query = [S3Query("uploads")]
    call.headers = configuration.objectHeaders
    let answer = try document(try send(call), name)
    guard let id = answer["UploadId"]?.text, !id.isEmpty else {
      throw Failure(.invalid, "the server of `\(shown)` begins an upload without an `UploadId`")
    }
    return id
  }

  private func sendParts(
    _ file: FilePath, _ plan: PartPlan, _ name: String, _ id: String, _ done: [Int: String],
    _ transfer: TransferContext
  ) throws -> [Int: String] {
    let tags = PartTags(tags: done)
    let missing = (0..<plan.count).filter { done[$0] == nil }
    try TransferThreads.each(missing.count, threads: Self.threads) { index in
      let part = missing[index]
      tags.set(part, try self.sendPart(file, plan, part, name, id, transfer))
    }
    return tags.all
  }

  private func sendPart(
    _ file: FilePath, _ plan: PartPlan, _ index: Int, _ name: String, _ id: String,
    _ transfer: TransferContext
  ) throws -> String {
    let (offset, count) = plan.place(index)
    var call = S3Call("PUT", name)
    call.query = [S3Query("partNumber", String(index + 1)), S3Query("uploadId", id)]
    call.body = .file(file, offset: offset, count: count)
    if configuration.endpoint?.isSecure == false { call.payload = try call.digest() }
    let response = try send(call, transfer)
    guard let tag = response.headers["etag"], !tag.isEmpty else {
      throw Failure(.invalid, "the server of `\(shown)` took a part without an `ETag`")
    }
    return tag
  }

  private func complete(
    _ name: String, _ id: String, _ tags: [Int: String], _ plan: PartPlan,
    _ transfer: TransferContext
  ) throws {
    var body = "<CompleteMultipartUpload xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
    for (index, tag) in tags.sorted(by: { $0.key < $1.key }) {
      let tag = tag.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      body += "<Part><PartNumber>\(index + 1)</PartNumber><ETag>\(tag)</ETag></Part>"
    }
    body += "</CompleteMultipartUpload>"
    var call = S3Call("POST", name, accepts: [404])
    call.query = [S3Query("uploadId", id)]
    call.body = .bytes(Array(body.utf8))
    let quiet = TransferContext(isCancelled: transfer.isCancelled, replaces: transfer.replaces)
    try retries.run(isCancelled: transfer.isCancelled) { _ in
      guard let response = try sendUnlessThere(call, quiet), response.status != 404 else {
        // Somebody else made it; or we did, and the answer was lost.
        if try size(ofName: name) == plan.size { return }
        throw Failure(
          .conflict, "the upload of `s3://\(bucket)/\(name)` was ended by somebody else",
          hint: "run the command again")
      }
      // The status comes before the work is done, and the failure after it.
      let answer = try document(response, name)
      if answer.name == "Error" { throw failure(answer, name) }
    }
  }

  /// An upload of the same content that was not finished, and the parts of it that are right.
  private func unfinished(
    _ name: String, _ file: FilePath, _ plan: PartPlan
  ) throws -> (id: String, tags: [Int: String])? {
    var call = S3Call("GET", nil, accepts: [400, 403, 404, 405, 501])
    call.query = [S3Query("uploads"), S3Query("prefix", name)]
    let response = try send(call)
    // Not every server, and not every key, lets us look.
    guard response.isSuccess, let answer = try? XMLElement(parsing: response.body),
      let upload = answer.all("Upload").last(where: { $0["Key"]?.text == name }),
      let id = upload["UploadId"]?.text, !id.isEmpty
    else { return nil }
    var tags: [Int: String] = [:]
    var marker = "0"
    while true {
      var call = S3Call("GET", name, accepts: [400, 403, 404, 405, 501])
      call.query = [S3Query("part-number-marker", marker), S3Query("uploadId", id)]
      let response = try send(call)
      guard response.isSuccess, let answer = try? XMLElement(parsing: response.body) else {
        return nil
      }
      for part in answer.all("Part") {
        guard let number = part["PartNumber"].flatMap({ Int($0.text) }), number > 0,
          number <= plan.count, let tag = part["ETag"]?.text,
          part["Size"].flatMap({ Int64($0.text) }) == plan.place(number - 1).count,
          try tag.filter({ $0 != "\"" }) == md5(file, plan.place(number - 1))
        else { continue }
        tags[number - 1] = tag
      }
      guard answer["IsTruncated"]?.text == "true",
        let next = answer["NextPartNumberMarker"]?.text, let number = Int(next),
        number > Int(marker) ?? 0
      else { return (id, tags) }
      marker = next
    }
  }

  private func md5(_ file: FilePath, _ place: (offset: Int64, count: Int64)) throws -> String {
    let source = try FileSystem.openForReading(file)
    defer { try? source.close() }
    guard lseek(source.rawValue, off_t(place.offset), SEEK_SET) >= 0 else {
      throw Failure(errno: errno, "read", file)
    }
    var hash = MD5()
    var left = place.count
    try withUnsafeTemporaryAllocation(byteCount: 1 << 17, alignment: 64) { buffer in
      while left > 0 {
        let room = UnsafeMutableRawBufferPointer(rebasing: buffer[..<Int(min(left, 1 << 17))])
        let got = try FileSystem.readOnce(source.rawValue, into: room, of: file)
        if got == 0 { return }
        hash.update(UnsafeRawBufferPointer(rebasing: room[..<got]))
        left -= Int64(got)
      }
    }
    return hash.finish().hex
  }

  /// The document that an answer is.
  func document(_ response: HTTPResponse, _ name: String) throws -> XMLElement {
    do {
      return try XMLElement(parsing: response.body)
    } catch {
      throw Failure(
        .invalid, "the server of `\(shown)` does not answer as S3 does",
        hint: "is the `endpointurl` of the remote right?", cause: error.message)
    }
  }
}

/// The tags of the parts that have arrived.
private final class PartTags: Sendable {
  private let tags: Mutex<[Int: String]>

  init(tags: [Int: String]) { self.tags = Mutex(tags) }

  func set(_ part: Int, _ tag: String) { tags.withLock { $0[part] = tag } }

  var all: [Int: String] { tags.withLock { $0 } }
}
