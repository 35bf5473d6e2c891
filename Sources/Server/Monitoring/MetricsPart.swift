/// `/metrics`: what Prometheus reads (text format 0.0.4).
struct MetricsPart: ServerPart {
  let metrics: RequestMetrics

  func answer(_ request: ServerRequest) -> ServerAnswer? {
    guard request.path == "/metrics" else { return nil }
    var text = MetricsText()
    let (answered, times, inFlight) = metrics.snapshot()
    text.begin("reprise_requests_total", "counter", "Requests answered.")
    for (key, count) in answered {
      text.add(
        "reprise_requests_total", [("route", key.route), ("code", "\(key.status)")], "\(count)")
    }
    text.begin(
      "reprise_request_duration_seconds", "histogram", "From a request's head to its answer's.")
    for (route, tally) in times {
      var below = 0
      for (bound, count) in zip(RequestMetrics.bounds.map { "\($0)" } + ["+Inf"], tally.buckets) {
        below += count
        text.add(
          "reprise_request_duration_seconds_bucket", [("route", route), ("le", bound)], "\(below)")
      }
      text.add("reprise_request_duration_seconds_sum", [("route", route)], "\(tally.seconds)")
      text.add("reprise_request_duration_seconds_count", [("route", route)], "\(tally.count)")
    }
    text.begin("reprise_inflight_requests", "gauge", "Requests that are being answered.")
    text.add("reprise_inflight_requests", [], "\(inFlight)")
    text.begin("reprise_build_info", "gauge", "The version of MLflow whose API this is.")
    text.add("reprise_build_info", [("mlflow_version", Tracking.mlflowVersion)], "1")
    ProcessFigures.current().add(to: &text)
    return ServerAnswer("text/plain; version=0.0.4; charset=utf-8", text.lines)
  }
}
