import Platform

extension S3Store {
  package func list(
    _ prefix: String, _ found: (_ key: String, _ size: Int64) throws -> Void
  ) throws {
    let base = self.prefix.isEmpty ? "" : self.prefix + "/"
    var token: String?
    var last = ""
    repeat {
      let page = try page(base + prefix, after: token)
      for object in page.objects.sorted(by: { ObjectKey.precedes($0.name, $1.name) }) {
        guard object.name.utf8.starts(with: base.utf8), object.name.utf8.count > base.utf8.count
        else { continue }
        guard last.isEmpty || ObjectKey.precedes(last, object.name) else {
          throw Failure(.invalid, "the server of `\(shown)` does not list its keys in their order")
        }
        last = object.name
        try found(String(Substring(object.name.utf8.dropFirst(base.utf8.count))), object.size)
      }
      guard page.next == nil || page.next != token else {
        throw Failure(.invalid, "the server of `\(shown)` lists the same keys again and again")
      }
      token = page.next
    } while token != nil
  }

  private struct Page {
    var objects: [(name: String, size: Int64)]
    var next: String?
  }

  /// At most a thousand names ("ListObjectsV2", Amazon S3 API Reference).
  private func page(_ prefix: String, after token: String?) throws -> Page {
    var call = S3Call("GET", nil)
    // Encoded, since XML cannot say every name.
    call.query = [S3Query("encoding-type", "url"), S3Query("list-type", "2")]
    if !prefix.isEmpty { call.query.append(S3Query("prefix", prefix)) }
    if let token { call.query.append(S3Query("continuation-token", token)) }
    let answer = try document(try send(call), "")
    guard answer.name == "ListBucketResult" else {
      throw Failure(
        .invalid, "the server of `\(shown)` does not answer as S3 does",
        hint: "is the `endpointurl` of the remote right?")
    }
    let isEncoded = answer["EncodingType"]?.text.lowercased() == "url"
    let objects = try answer.all("Contents").map { object in
      guard let text = object["Key"]?.text, let size = object["Size"].flatMap({ Int64($0.text) }),
        size >= 0, let name = isEncoded ? PercentEncoding.decode(text) : text
      else { throw Failure(.invalid, "the server of `\(shown)` lists what is no object") }
      return (name: name, size: size)
    }
    guard answer["IsTruncated"]?.text == "true" else { return Page(objects: objects) }
    guard let next = answer["NextContinuationToken"]?.text, !next.isEmpty else {
      throw Failure(.invalid, "the server of `\(shown)` lists a part of its keys only")
    }
    return Page(objects: objects, next: next)
  }
}
