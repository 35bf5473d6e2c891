import pathlib
import tempfile
import unittest

from {{ cookiecutter.package }}.prepare import prepare

HEADER = (
    "species,bill_length_mm,bill_depth_mm,flipper_length_mm,body_mass_g\n"
)


class PrepareTest(unittest.TestCase):
    def prepared(self, rows):
        with tempfile.TemporaryDirectory() as folder:
            raw = pathlib.Path(folder, "raw.csv")
            processed = pathlib.Path(folder, "new", "processed.csv")
            raw.write_text(HEADER + rows, encoding="utf-8")
            counts = prepare(raw, processed)
            return counts, processed.read_text(encoding="utf-8")

    def test_complete_rows_stay_as_they_are(self):
        rows = "Adelie,39.1,18.7,181,3750\nGentoo,46.1,13.2,211,4500\n"
        self.assertEqual(self.prepared(rows), ((2, 2), HEADER + rows))

    def test_rows_without_a_measurement_go(self):
        counts, text = self.prepared("Adelie,NA,18.7,181,3750\n")
        self.assertEqual(counts, (1, 0))
        self.assertEqual(text, HEADER)
