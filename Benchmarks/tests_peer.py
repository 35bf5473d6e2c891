"""Does the checks of the section `tests` with a peer; ends with 1 when one of them does not hold.

Usage: tests_peer.py polars|pandera|great-expectations TABLE REFERENCE
"""

import sys

COUNTRIES = ["KR", "US", "JP", "DE", "BR"]
EMAIL = r"^[^@]+@[^@]+\.[a-z]+$"
CORRELATED = ["x0", "x1", "x2", "height", "weight"]
PAIRS = [(a, b) for i, a in enumerate(CORRELATED) for b in CORRELATED[i + 1:]]


def stability(reference, current):
    """The population stability index of two numpy arrays, in tenths of the reference."""
    import numpy as np

    edges = np.unique(np.quantile(reference, np.arange(1, 10) / 10))
    r, c = (
        np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1) / len(values)
        for values in (reference, current)
    )
    r, c = np.maximum(r, 1e-4), np.maximum(c, 1e-4)
    return float(((c - r) * np.log(c / r)).sum())


def distance(reference, current):
    """The Jensen-Shannon distance of two mappings from categories to counts."""
    import numpy as np

    names = sorted({*reference, *current})
    r, c = (np.array([counts.get(name, 0) for name in names], dtype=float) for counts in (reference, current))
    r, c = r / r.sum(), c / c.sum()
    middle = (r + c) / 2
    parts = [np.where(side > 0, side * np.log2(np.maximum(side, 1e-300) / middle), 0).sum() for side in (r, c)]
    return float(np.sqrt(sum(parts) / 2))


def with_polars(table, reference):
    """Everything in one lazy query that streams, but the two distances of drift. Types are checked by reading them."""
    import polars as pl

    c = pl.col
    kinds = {"income": pl.Float64, "price": pl.Float64}
    data = pl.scan_csv(table, schema_overrides=kinds)
    time = c("created").str.to_datetime("%Y-%m-%d %H:%M:%S", strict=True)
    height, weight = c("height"), c("weight")
    first, third = height.quantile(0.25, "linear"), height.quantile(0.75, "linear")
    reach = 1.5 * (third - first)
    found = data.select(
        rows=pl.len() >= 1,
        id_unique=c("id").n_unique() == pl.len(),
        id_order=(c("id").diff() > 0).all(),
        time_order=(time.diff() >= pl.duration(seconds=0)).all(),
        age=c("age").is_between(18, 90).all(),
        income=(c("income") >= 0).all(),
        nulls=c("income").is_null().mean() <= 0.05,
        median=c("income").median().is_between(2000, 4000),
        score=c("score").is_between(0, 1).all(),
        mean=c("score").mean().is_between(0.2, 0.4),
        country=c("country").is_in(COUNTRIES).all(),
        city=c("city").n_unique().is_between(5, 20),
        email=c("email").str.contains(EMAIL).all(),
        label=c("label").is_in([0, 1]).all(),
        height=((height < first - reach) | (height > third + reach)).mean() <= 0.05,
        weight=((weight - weight.mean()).abs() > 3 * weight.std(ddof=0)).mean() <= 0.05,
        std=c("x0").std().is_between(0.5, 1.5),
        price=c("price").quantile(0.99, "linear").is_between(100, 400),
        code=(c("code").str.len_chars() == 7).all(),
        key=pl.struct("country", "email").n_unique() == pl.len(),
        days=(c("first_day") <= c("last_day")).all(),
        balance=c("label").mean().is_between(1 / 11, 10 / 11),
        **{f"{a} {b}": pl.corr(a, b).abs() < 0.95 for a, b in PAIRS},
    ).collect(engine="streaming").row(0, named=True)
    before = pl.scan_csv(reference, schema_overrides=kinds)
    numbers = [t.select("x1").collect(engine="streaming")["x1"].to_numpy() for t in (before, data)]
    found["x1"] = stability(*numbers) < 0.1
    plans = [dict(t.group_by("plan").len().collect(engine="streaming").iter_rows()) for t in (before, data)]
    found["plan"] = distance(*plans) < 0.1
    return found


def with_pandera(table, reference):
    """A schema of pandas; what pandera has no check for is written in pandas."""
    import numpy as np
    import pandas as pd
    import pandera.pandas as pa

    def outside(x):
        first, third = np.quantile(x, [0.25, 0.75])
        return ((x < first - 1.5 * (third - first)) | (x > third + 1.5 * (third - first))).mean()

    def of_column(holds):
        return pa.Check(lambda column: bool(holds(column)))

    before = pd.read_csv(reference, usecols=["x1", "plan"])
    plain = {name: pa.Column(float) for name in ["x2"]} | {name: pa.Column(int) for name in ["visits", "first_day", "last_day"]}
    schema = pa.DataFrameSchema(
        plain | {
            "id": pa.Column(int, of_column(lambda x: (np.diff(x) > 0).all()), unique=True),
            "created": pa.Column("datetime64[us]", of_column(lambda x: x.is_monotonic_increasing)),
            "age": pa.Column(int, pa.Check.in_range(18, 90)),
            "income": pa.Column(
                float,
                [pa.Check.ge(0), of_column(lambda x: 2000 <= x.median() <= 4000)], nullable=True),
            "score": pa.Column(float, [pa.Check.in_range(0, 1), of_column(lambda x: 0.2 <= x.mean() <= 0.4)]),
            "country": pa.Column(str, pa.Check.isin(COUNTRIES)),
            "city": pa.Column(str, of_column(lambda x: 5 <= x.nunique() <= 20)),
            "email": pa.Column(str, pa.Check.str_matches(EMAIL)),
            "plan": pa.Column(
                str, of_column(lambda x: distance(dict(before.plan.value_counts()), dict(x.value_counts())) < 0.1)),
            "label": pa.Column(
                int, [pa.Check.isin([0, 1]), of_column(lambda x: x.value_counts().min() >= 0.1 * x.value_counts().max())]),
            "height": pa.Column(float, of_column(lambda x: outside(x) <= 0.05)),
            "weight": pa.Column(float, of_column(lambda x: (abs(x - x.mean()) > 3 * x.std(ddof=0)).mean() <= 0.05)),
            "x0": pa.Column(float, of_column(lambda x: 0.5 <= x.std() <= 1.5)),
            "x1": pa.Column(float, of_column(lambda x: stability(before.x1.to_numpy(), x.to_numpy()) < 0.1)),
            "price": pa.Column(float, of_column(lambda x: 100 <= x.quantile(0.99) <= 400)),
            "code": pa.Column(str, pa.Check.str_length(7, 7)),
        },
        checks=[
            pa.Check(lambda t: t["first_day"] <= t["last_day"]),
            pa.Check(lambda t: bool((t[CORRELATED].corr().abs().to_numpy()[np.triu_indices(5, 1)] < 0.95).all())),
            pa.Check(lambda t: bool(t["income"].isna().mean() <= 0.05)),
        ],
        unique=["country", "email"], strict=True,
    )
    data = pd.read_csv(table, parse_dates=["created"], date_format="%Y-%m-%d %H:%M:%S")
    data["created"] = data["created"].astype("datetime64[us]")
    schema.validate(data, lazy=True)
    return {"schema": True}


def with_great_expectations(table, reference):
    """Its own expectations only: without drift, correlation and outliers by quartiles."""
    import great_expectations as gx
    import great_expectations.expectations as gxe
    import pandas as pd

    del reference
    data = pd.read_csv(table, parse_dates=["created"], date_format="%Y-%m-%d %H:%M:%S")
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batches = context.data_sources.add_pandas("p").add_dataframe_asset("t").add_batch_definition_whole_dataframe("b")
    suite = context.suites.add(gx.ExpectationSuite("s"))
    for expectation in [
        gxe.ExpectTableRowCountToBeBetween(min_value=1),
        gxe.ExpectColumnValuesToBeUnique(column="id"),
        gxe.ExpectColumnValuesToBeIncreasing(column="id", strictly=True),
        gxe.ExpectColumnValuesToBeBetween(column="age", min_value=18, max_value=90),
        gxe.ExpectColumnValuesToBeBetween(column="income", min_value=0),
        gxe.ExpectColumnValuesToNotBeNull(column="income", mostly=0.95),
        gxe.ExpectColumnMedianToBeBetween(column="income", min_value=2000, max_value=4000),
        gxe.ExpectColumnValuesToBeBetween(column="score", min_value=0, max_value=1),
        gxe.ExpectColumnMeanToBeBetween(column="score", min_value=0.2, max_value=0.4),
        gxe.ExpectColumnValuesToBeInSet(column="country", value_set=COUNTRIES),
        gxe.ExpectColumnUniqueValueCountToBeBetween(column="city", min_value=5, max_value=20),
        gxe.ExpectColumnValuesToMatchRegex(column="email", regex=EMAIL),
        gxe.ExpectColumnValuesToBeInSet(column="label", value_set=[0, 1]),
        gxe.ExpectColumnValueZScoresToBeLessThan(column="weight", threshold=3, double_sided=True, mostly=0.95),
        gxe.ExpectColumnStdevToBeBetween(column="x0", min_value=0.5, max_value=1.5),
        gxe.ExpectColumnQuantileValuesToBeBetween(
            column="price", quantile_ranges={"quantiles": [0.99], "value_ranges": [[100, 400]]}),
        gxe.ExpectColumnValueLengthsToEqual(column="code", value=7),
        gxe.ExpectCompoundColumnsToBeUnique(column_list=["country", "email"]),
        gxe.ExpectColumnPairValuesAToBeGreaterThanB(column_A="last_day", column_B="first_day", or_equal=True),
        gxe.ExpectColumnProportionOfUniqueValuesToBeBetween(column="created", min_value=0.1),
    ]:
        suite.add_expectation(expectation)
    result = batches.get_batch({"dataframe": data}).validate(suite)
    return {item.expectation_config.type: item.success for item in result.results}


PEERS = {"polars": with_polars, "pandera": with_pandera, "great-expectations": with_great_expectations}


if __name__ == "__main__":
    outcome = PEERS[sys.argv[1]](sys.argv[2], sys.argv[3])
    failed = [name for name, holds in outcome.items() if not holds]
    if failed:
        sys.exit(f"does not hold: {failed}")
