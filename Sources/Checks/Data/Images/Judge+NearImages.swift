import Platform

extension Judge {
  /// Pictures that look like one before.
  func nearImages(_ test: DataTest, _ distance: Int, _ most: Double) -> TestOutcome {
    let images = known.images(
      test.column ?? "", in: imageFolder, hashes: hashesImages, test.filter
    ).images
    var near = NearHashes(within: distance)
    // The first picture of each hash.
    var firsts: [String] = []
    var considered = 0
    var count = 0
    var samples: [RowSample] = []
    for image in images {
      guard let hash = image.facts?.hash else { continue }
      considered += 1
      let name = image.sample.value
      if let place = near.near(hash).first {
        count += 1
        if samples.count < RowSample.most {
          let bits = hash.distance(to: near.hashes[place])
          var sample = image.sample
          sample.value = "\(name): like \(firsts[place]), \(bits) of 64 bits differ"
          samples.append(sample)
        }
      }
      if near.add(hash) == firsts.count { firsts.append(name) }
    }
    guard considered > 0 else { return empty(test) }
    let share = TestOutcome.RowShare(failing: count, considered: considered)
    var found =
      count == 0
      ? "none of \(grouped(considered)) pictures is like one before"
      : "\(grouped(count)) of \(grouped(considered)) pictures (\(percent(share.share))) \(count == 1 ? "is" : "are") like one before"
    if considered < images.count {
      found += "; \(grouped(images.count - considered)) cannot be compared"
    }
    return TestOutcome(
      test, passed: share.share <= most, found: found, value: share.share, rows: share,
      samples: samples, nearest: "near duplicates <= \(percent(share.share, up: true))")
  }
}
