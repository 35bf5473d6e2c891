import Formats
import Testing

/// The pages in a real browser: Debian's chromium without a window, driven by selenium, looked at by axe-core.
@Suite("Interop.Pages") struct PagesInterop {
  @Test(
    "in a browser no page overflows, complains in the console, or breaks a rule of accessibility")
  func browser() async throws {
    let world = try PagesBrowser()
    let addresses = try PagesWorld.fill(world.store)
    let result = try await world.look(Self.script, at: addresses)
    #expect(result["visits"]?.int == Int64(addresses.count * 4))
    #expect(result["problems"]?.array == [])
    #expect(result["live"]?.string == "ok")
  }

  @Test("a page shows what a run logs while it runs, and how it ended, without being loaded again")
  func live() async throws {
    let world = try PagesBrowser()
    let result = try await world.look(PagesScripts.live, at: [])
    #expect(result["steps"]?.array?.compactMap(\.string) == PagesScripts.liveSteps)
    #expect(result["problems"]?.array == [])
  }

  @Test("runs and experiments are renamed, tagged, deleted and brought back, with the keyboard too")
  func changing() async throws {
    let world = try PagesBrowser()
    let addresses = try PagesWorld.fill(world.store)
    let result = try await world.look(PagesScripts.changing, at: addresses)
    #expect(result["steps"]?.array?.compactMap(\.string) == PagesScripts.changingSteps)
    #expect(result["problems"]?.array == [])
  }

  /// Each page at three widths, in both languages, light and dark; the keys of the table and the hovering of a chart once.
  private static let script = #"""
    import axe_core_python

    axe = Path(axe_core_python.__file__).with_name("axe.min.js").read_text()
    problems, visits = [], 0

    def look(address, width, dark, language, deeply):
        global visits
        visits += 1
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False})
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})
        browser.get(base + address + ("&" if "?" in address else "?") + "lang=" + language)
        name = f"{address} at {width} px, {'dark' if dark else 'light'}, {language}"
        wide = browser.execute_script("return document.documentElement.scrollWidth - innerWidth")
        if wide > 0:
            problems.append(f"{name}: {wide} px too wide")
        for entry in browser.get_log("browser"):
            problems.append(f"{name}: {entry['message']}")
        if deeply:
            browser.execute_script(axe)
            found = browser.execute_async_script("axe.run().then(arguments[0])")
            for rule in found["violations"]:
                problems.append(f"{name}: {rule['id']}: {rule['nodes'][0]['html'][:200]}")

    try:
        for address in addresses:
            look(address, 1280, False, "en", True)
            look(address, 390, True, "ko", True)
            look(address, 390, False, "en", False)
            look(address, 2560, False, "ko", False)
        browser.get(base + addresses[1] + "?lang=en")
        press("j"), press("j"), press("x"), press("k"), press("x"), press("c")
        WebDriverWait(browser, 60).until(lambda _: "/compare?run=" in browser.current_url)
        live = "ok" if browser.find_element("css selector", "h1").text == "2 runs compared" else "not compared"
        browser.execute_script("""
            const svg = document.querySelector('svg.curves'), box = svg.getBoundingClientRect();
            svg.dispatchEvent(new PointerEvent('pointermove', {clientX: box.x + box.width / 2, bubbles: true}))""")
        if not browser.find_element("css selector", ".hint-box").text:
            live = "nothing under the pointer"
    finally:
        browser.quit()
    Path(folder, "result.json").write_text(json.dumps({"problems": problems, "visits": visits, "live": live}))
    """#
}
