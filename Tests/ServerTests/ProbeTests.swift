import Testing
@Suite("Probe") struct ProbeTests { @Test func one() { #expect(1 == 1) } }
