"""Settings: one value, four ways to give it, and no misspelt key goes unnoticed."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followmoney.errors import SettingsError
from followmoney.settings import Settings, leaves
from followmoney.settings._layers import nested
from followmoney.settings._written import written


def file(folder: Path, text: str) -> Path:
    path = folder / "case.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_defaults_written_as_toml_read_back_as_the_defaults(tmp_path: Path):
    assert Settings.from_toml(file(tmp_path, Settings().to_toml())) == Settings()
    assert Settings.from_toml(file(tmp_path, Settings().to_toml())).digest() == Settings().digest()
    assert Settings.from_toml(file(tmp_path, Settings().to_toml(explained=True))) == Settings()


def test_toml_and_digest_are_the_same_each_time_and_differ_with_a_choice():
    chosen = Settings.of({"trace": {"rule": "fifo"}})
    assert Settings().to_toml() == Settings().to_toml()
    assert Settings().digest() == Settings().digest()
    assert chosen.digest() != Settings().digest()
    assert chosen.digest("trace") != Settings().digest("trace")
    assert chosen.digest("patterns") == Settings().digest("patterns")


def test_every_setting_has_a_sentence_and_a_default_that_it_accepts():
    assert {path for path, leaf in leaves().items() if not leaf.doc} == set()
    values = {path: Settings().value(path) for path in leaves()}
    assert {p for p, v in values.items() if v != leaves()[p].default} == set()


def test_every_pattern_and_method_of_the_catalogues_has_its_section():
    from followmoney.communities import catalogue as methods
    from followmoney.patterns import catalogue as patterns

    assert set(Settings().patterns) == set(patterns())
    assert set(Settings().methods) == set(methods())


def test_flags_come_before_the_environment_before_the_file_before_the_default(tmp_path: Path):
    config = file(tmp_path, '[trace]\nrule = "fifo"\n[load]\nmax_refused = 0.5\n[case]\nname = "File"\n')
    variables = {"FOLLOWMONEY_TRACE_RULE": "pro_rata", "FOLLOWMONEY_LOAD_MAX_REFUSED": "0.25", "HOME": "/"}
    layered = Settings.layered({"trace.rule": "lowest_balance"}, config, variables)
    assert layered.trace.rule == "lowest_balance"
    assert layered.load.max_refused == 0.25
    assert layered.case.name == "File"
    assert layered.communities.method == "leiden"


def test_the_environment_can_name_the_file(tmp_path: Path):
    config = file(tmp_path, '[case]\nname = "From the environment"\n')
    assert Settings.layered({}, variables={"FOLLOWMONEY_CONFIG": str(config)}).case.name == "From the environment"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[trace]\nruel = "fifo"', 'Did you mean "trace.rule"?'),
        ('[trce]\nrule = "fifo"', 'Did you mean "trace.rule"?'),
        ("[patterns.structurin]\ndays = 3", '"patterns.structurin.days"'),
        ('[trace]\nrule = "fifoo"', "Did you mean 'fifo'?"),
        ("[load]\nmax_refused = 'many'", "must be a number"),
        ("[load]\nmax_refused = 2", "share from 0 to 1"),
        ("[load]\nmax_refused = nan", "must be a number"),
        ("[communities]\nseed = 1.5", "must be a whole number"),
        ("[communities]\nseed = true", "must be a whole number"),
        ("[case]\nname = 7", "must be a text"),
        ("[nothing]", '"nothing"'),
        ("[patterns]\nonly = ['structuring']", 'Did you mean "detect.patterns"?'),
        ("trace = 3", '"trace"'),
        ("[trace]\nuntil = 'soon'", "not a day"),
        ("[trace]\nclaim = ['t1']\nclaim_from = 'structuring'", "both set"),
        ("[trace\n", "is not a TOML file"),
    ],
)
def test_a_wrong_settings_file_is_named_with_what_to_do(tmp_path: Path, text: str, says: str):
    with pytest.raises(SettingsError) as error:
        Settings.from_toml(file(tmp_path, text))
    assert says in str(error.value)
    assert "case.toml" in str(error.value) or "both set" in says or "share" in says or "not a day" in says


def test_a_misspelt_variable_is_an_error_with_the_nearest_one():
    with pytest.raises(SettingsError, match="Did you mean FOLLOWMONEY_TRACE_RULE"):
        Settings.layered({}, variables={"FOLLOWMONEY_TRACE_RUEL": "fifo"})


def test_a_file_that_is_not_there_is_named():
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        Settings.from_toml("nowhere.toml")


def test_lists_may_be_written_with_commas_and_dates_as_toml_dates(tmp_path: Path):
    made = Settings.from_toml(file(tmp_path, "[trace]\nclaim = 't1, t2'\nuntil = 2024-06-30\n"))
    assert made.trace.claim == ("t1", "t2")
    assert made.trace.until == "2024-06-30"


def test_thresholds_by_currency_are_tables_or_pairs(tmp_path: Path):
    path = next(p for p, leaf in leaves().items() if isinstance(leaf.default, dict))
    section, _, name = path.rpartition(".")
    from_file = Settings.from_toml(file(tmp_path, f"[{section}]\n{name} = {{ EUR = 5000 }}"))
    from_flag = Settings.layered({path: "EUR=5000"}, variables={})
    assert from_file == from_flag
    assert from_file.value(path) == {**leaves()[path].default, "EUR": 5000}
    with pytest.raises(SettingsError, match="pairs like"):
        Settings.layered({path: "5000"}, variables={})


def test_a_currency_given_adds_to_the_defaults_and_to_the_file_and_0_leaves_it_out(tmp_path: Path):
    path = "patterns.structuring.limits"
    config = file(tmp_path, "[patterns.structuring]\nlimits = { GBP = 5000, USD = 0 }")
    assert Settings.layered({path: "CHF=7"}, config, {}).value(path) == {"CHF": 7, "EUR": 10_000, "GBP": 5000}
    made = Settings.from_toml(config)
    assert Settings.from_toml(file(tmp_path, made.to_toml())) == made
    with pytest.raises(SettingsError, match=r"structuring: limits = \{\} gives no amount"):
        Settings.of({"patterns": {"structuring": {"limits": {}}}})


def test_an_import_specification_stands_beside_the_settings_file(tmp_path: Path):
    made = Settings.from_toml(file(tmp_path, "[load]\nspecification = 'bank.toml'\n"))
    assert made.specification() == tmp_path / "bank.toml"
    assert Settings().specification() is None


def test_only_chosen_patterns_are_looked_for():
    assert len(Settings().chosen()) == len(Settings().patterns)
    assert [p.name for p in Settings.of({"detect": {"patterns": ["structuring"]}}).chosen()] == ["structuring"]


@given(st.text() | st.integers() | st.booleans() | st.lists(st.text(), max_size=3).map(tuple))
def test_whatever_is_written_reads_back(value: object):
    read = tomllib.loads(f"x = {written(value)}")["x"]
    assert (tuple(read) if isinstance(value, tuple) else read) == value


@given(st.dictionaries(st.text(min_size=1), st.integers(), max_size=3))
def test_whatever_is_written_by_name_reads_back(value: dict[str, int]):
    assert tomllib.loads(f"x = {written(value)}")["x"] == value


@given(
    st.recursive(st.integers() | st.text(), lambda inner: st.dictionaries(st.text(), inner, max_size=3), max_leaves=5)
)
def test_no_content_of_a_file_raises_anything_but_a_settings_error(value: object):
    content = value if isinstance(value, dict) else {"trace": value}
    try:
        Settings.of(content)
    except SettingsError:
        return
    assert nested(content, "x") == {}


def test_no_two_settings_share_a_flag_or_a_variable():
    assert len({leaf.flag for leaf in leaves().values()}) == len(leaves())
    assert len({leaf.variable for leaf in leaves().values()}) == len(leaves())


def test_a_value_that_makes_no_sense_names_the_flag_it_came_by():
    with pytest.raises(SettingsError, match=r"^--leiden\.resolution: .* makes no sense"):
        Settings.layered({"communities.leiden.resolution": -1.0}, variables={})


def test_figures_by_name_are_read_and_checked():
    chosen = Settings.of({"owners": {"lower": ["64=0.15"]}, "freeze": {"takes_days": ["ES=4", "other=30"]}})
    assert chosen.lower() == {"64": 0.15}
    assert chosen.takes_days() == {"ES": 4, "other": 30}
    assert Settings().takes_days() is None
    for wrong, says in (
        ({"owners": {"lower": ["64=15"]}}, "like 64=0.15"), ({"owners": {"threshold": 0.0}}, "above 0"),
        ({"freeze": {"takes_days": ["ES=soon"]}}, "like ES=4"),
    ):  # fmt: skip
        with pytest.raises(SettingsError, match=says):
            Settings.of(wrong)


def test_weights_lie_beside_the_settings_file(tmp_path: Path):
    chosen = Settings.from_toml(file(tmp_path, '[resolution]\nweights = "w.toml"'))
    assert chosen.weights() == tmp_path / "w.toml"
