"""A quarter's carbon explained: from extracts to every number of the chain."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from scorecard import accept, carbon_words, explain_carbon, keep, sample
from scorecard.council import COUNCIL
from scorecard.explain import UnknownFigure
from scorecard.kpis import rounded

QUARTER = "2025-26-Q1"
RECEIVED = datetime(2025, 7, 14, 6, 30, tzinfo=UTC)
NOW = datetime(2025, 7, 15, 8, tzinfo=UTC)
FEEDS = ("printing", "remote_working", "workforce")


def test_every_number_of_the_chain_leads_to_the_net_on_one_screen(stores, tmp_path):
    sample.write(stores.settings.inbox, months=27, staff=120, seed=1)
    for source in FEEDS:
        keep.run(stores, source, RECEIVED)
        accept.run(stores, source, RECEIVED)
    meters = council_of(stores, tmp_path / "meters")
    with (meters / "office_energy.csv").open("a", encoding="utf-8") as file:
        file.write("2023-24-Q1,150000,90000,B,Bills,2023-07-03,\n")
        file.write("2025-26-Q1,120000,80000,A,Meters,2025-07-03,\n")
    chosen = (meters / "council.yaml").read_text(encoding="utf-8")
    asked = chosen.replace("well_to_tank: false", "well_to_tank: true")
    (meters / "council.yaml").write_text(asked, encoding="utf-8")
    stores = replace(stores, settings=replace(stores.settings, council=meters))
    told = explain_carbon.carbon(stores, QUARTER, COUNCIL, NOW, NOW)

    lines = told["lines"].values()
    beside = told["office"], told["well_to_tank"]
    for line in (*lines, *beside):
        assert line["kg"] == pytest.approx(sum(product["kg"] for product in line["products"]))
        for product in line["products"]:
            moved = product["counterfactual"] - product["used"]
            assert abs(product["kg"]) == pytest.approx(abs(moved * product["factor"]))
    printing, commuting, home = (line["kg"] for line in lines)
    assert told["net"]["kg"] == pytest.approx(printing + commuting - home)
    assert told["net"]["lower_kg"] < told["net"]["kg"] < told["net"]["upper_kg"]
    assert told["rolling"]["period"] == "2025-26-Q1-R12"
    whole = told["with_office"]
    assert whole["kg"] == pytest.approx(told["net"]["kg"] + told["office"]["kg"])
    assert whole["lower_kg"] < whole["kg"] < whole["upper_kg"]

    said = carbon_words.in_words(told, explain=True)
    for each in told["modes"]:
        assert f"{rounded(each['share'] * 100, 1)}% of commuters" in said
    assert f"of {rounded(told['net']['fte'], 1)} FTE" in said
    for line in lines:
        for product in line["products"]:
            unit, then = product["unit"], product["baseline_factor"]
            assert f"{product['factor']:f} kg/{unit} = " in said
            assert f"baseline's {then:f}, {product['baseline_factor_year']}" in said
    assert "If instead  Heating counted in the winter half only, and not as the year's ave" in said
    assert "grade B" in said.partition("Office energy, not in net")[2].splitlines()[0]
    for line in (*lines, *beside):
        for product in line["products"]:
            words = (product["factor_id"], product["unit"], str(product["factor"]))
            assert [word for word in words if word not in said] == []
    assert "2025, flat file v1, ID 19_506_5164_15_1" in said
    short = carbon_words.in_words(told, explain=False)
    assert len(short.splitlines()) < 20
    assert "paper_primary" not in short
    assert json.loads(json.dumps(told, default=str))["baseline"] == "2023-24-Q1"

    small = explain_carbon.carbon(stores, QUARTER, "CEX", NOW, NOW)
    assert "office" not in small
    withheld = carbon_words.in_words(small, explain=True)
    assert small["lines"]["commuting"] == {"withheld": True}
    assert small["net"] == {"period": QUARTER, "withheld": True}
    assert small["lines"]["printing"]["kg"] is not None
    assert "car_average" not in withheld
    assert "withheld" in withheld
    assert "do not publish these parts" in said

    with pytest.raises(UnknownFigure, match="Use one of ASC"):
        explain_carbon.carbon(stores, QUARTER, "XXX", NOW, NOW)

    folder = council_of(stores, tmp_path / "off", ("section: on", "section: off"))
    switched_off = replace(stores, settings=replace(stores.settings, council=folder))
    off = explain_carbon.carbon(switched_off, QUARTER, COUNCIL, NOW, NOW)
    assert carbon_words.in_words(off, explain=True) == (
        "Carbon, 2025-26-Q1: The council has switched the carbon section off."
    )


def council_of(stores, folder, change=("", "")):
    """The council's files in a folder, with one text instead of another."""
    folder.mkdir()
    for path in stores.settings.council.iterdir():
        text = path.read_text(encoding="utf-8")
        (folder / path.name).write_text(text.replace(*change) if change[0] else text)
    return folder


def test_a_line_that_is_not_known_says_so_in_words():
    line = {"kg": None, "quantities": [], "products": []}
    figure = {"period": "2025-26-Q1", "kg": None}
    told = {
        "quarter": QUARTER, "directorate": "HR", "as_at": NOW, "measurement": "m",
        "baseline": "2023-24-Q1", "decision": "Cabinet", "factor_year": "calendar",
        "heating_basis": "annual_average", "net": figure,
        "rolling": {"period": "2025-26-Q1-R12", "kg": None}, "hours_per_day": Decimal("7.4"),
        "grammage_gsm": Decimal(80), "printer_wh": Decimal(1), "modes": [],
        "lines": {"printing": line}, "remarks": ["printing not known: no impressions for HR"],
        "directorates_withheld": False, "mean_km": Decimal(3),
        "office": line, "with_office": figure,
    }  # fmt: skip
    said = carbon_words.in_words(told, explain=True)
    assert "Printing                        not known" in said
    assert "Office energy, not in net       not known" in said
    assert "Net with office energy          not known" in said
    assert "Note        printing not known: no impressions for HR" in said
