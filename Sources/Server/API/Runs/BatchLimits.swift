/// How much one batch may hold (`mlflow/utils/validation.py`).
enum BatchLimits {
  static func check(metrics: Int, params: Int, tags: Int) throws(APIError) {
    for (what, count, most) in [
      ("metrics", metrics, 1000), ("params", params, 100), ("tags", tags, 100),
    ]
    where count > most {
      throw .invalid(
        "A batch logging request can contain at most \(most) \(what). Got \(count) \(what). "
          + "Please split up \(what) across multiple requests and try again.")
    }
    let total = metrics + params + tags
    guard total <= 1000 else {
      throw .invalid(
        "A batch logging request can contain at most 1000 metrics, params, and tags. Got \(total) "
          + "metrics, params, and tags. Please split up metrics, params, and tags across multiple "
          + "requests and try again.")
    }
  }
}
