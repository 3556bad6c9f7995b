"""Rows for quotes that wait for a translation are added to the table as it is."""

from pathlib import Path

import pytest

from report.load import load
from report.translate.extract import QUOTES
from tests.translate.small_study import SmallStudy

OLD = "quote;language;text;translator;hash\nQ1;nn;Eit lys på natta;Åse;\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_table_of_excel_keeps_its_rows_and_gets_more(study: SmallStudy, encoding: str) -> None:
    file = Path(study.folder) / QUOTES
    file.write_bytes(OLD.encode(encoding))
    study.extract()
    found = load(study.folder)
    assert [d for d in found.diagnostics if d.location.path == QUOTES] == []
    assert found.study
    rows = {(t.quote, t.language): t for t in found.study.quote_translations}
    assert (rows["Q1", "nn"].text, rows["Q1", "nn"].translator) == ("Eit lys på natta", "Åse")
    assert {language for _, language in rows} == {"nn", "nb"}
    before = file.read_bytes()
    study.extract()
    assert file.read_bytes() == before
