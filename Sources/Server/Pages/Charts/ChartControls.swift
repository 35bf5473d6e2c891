/// How curves are drawn: one form for all of a page.
struct ChartControls {
  let at: PageContext
  let options: ChartOptions
  let path: String
  /// Fields of the address that stay as they are.
  let hidden: [(name: String, value: String)]

  var form: HTML {
    let time: HTML = options.isByTime ? " checked" : .nothing
    let step: HTML = options.isByTime ? .nothing : " checked"
    return """
      <form class="controls" action="\(path)" data-charts>
      \(hidden.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" as HTML })
      <fieldset class="either"><legend class="unseen">\(at[.axis])</legend>\
      <label><input type="radio" name="x" value="step"\(step)><span>\(at[.step])</span></label>\
      <label><input type="radio" name="x" value="time"\(time)><span>\(at[.time])</span></label></fieldset>
      <label class="check"><input type="checkbox" name="log" \
      value="1"\(options.isLog ? " checked" as HTML : .nothing)> <span>\(at[.logScale])</span></label>
      <label class="slide"><span>\(at[.smoothing])\
      </span> <input type="range" name="smooth" min="0" max="0.99" step="0.01" \
      value="\(options.smoothing.description)"> \
      <output>\(options.smoothing == 0 ? at[.off] : ChartNumber.mark(options.smoothing))</output></label>
      <button class="draw">\(at[.draw])</button>
      <span class="tip">\(at[.zoomHint])</span>
      </form>
      """
  }
}
