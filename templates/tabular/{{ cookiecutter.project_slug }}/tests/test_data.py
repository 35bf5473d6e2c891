import csv
import pathlib
import unittest

from {{ cookiecutter.package }}.prepare import MEASUREMENTS, MISSING, TARGET

RAW = pathlib.Path(__file__).parent.parent / "data/raw/penguins.csv"


class RawDataTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with open(RAW, newline="", encoding="utf-8") as file:
            cls.rows = list(csv.DictReader(file))

    def test_there_are_rows(self):
        self.assertGreater(len(self.rows), 100)

    def test_every_row_has_a_known_species(self):
        species = {row[TARGET] for row in self.rows}
        self.assertEqual(species, {"Adelie", "Chinstrap", "Gentoo"})

    def test_measurements_are_positive_numbers(self):
        for row in self.rows:
            for name in MEASUREMENTS:
                if row[name] not in MISSING:
                    self.assertGreater(float(row[name]), 0, row)

    def test_few_measurements_are_missing(self):
        for name in MEASUREMENTS:
            missing = sum(row[name] in MISSING for row in self.rows)
            self.assertLess(missing / len(self.rows), 0.05, name)
