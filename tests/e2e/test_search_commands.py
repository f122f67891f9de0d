"""Finding again by command: words in stories, pictures and the memory, hits marked; the concordance."""

from pathlib import Path

from tests.e2e.conftest import Diptych

ZH = "北京大学迎来新学期\n\n北京大学今天开学。学生们来到图书馆。\n"
EN = "Peking University Opens\n\nPeking University opens today. The students came to the library.\n"


def story(diptych: Diptych, archive: Path, folder: Path) -> str:
    (folder / "zh.txt").write_text(ZH, "utf-8")
    (folder / "en.txt").write_text(EN, "utf-8")
    done = diptych("import", "--source", folder / "zh.txt", "--target", folder / "en.txt", "-a", archive, "--json")
    return str(done.json["stories"][0]["id"])


def test_a_search_marks_its_hits(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    identity = story(diptych, archive, tmp_path)
    answer = diptych("search", "图书", "-a", archive, "--json").json
    (hit,) = answer["hits"]
    assert (hit["kind"], hit["id"], hit["field"]) == ("story", identity, "source")
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["图书"]
    assert answer["ms"] >= 0
    assert "学生们来到[图书]馆。" in diptych("search", "图书", "-a", archive).out


def test_english_is_found_by_whole_words_and_phrases(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    story(diptych, archive, tmp_path)

    def fields(query: str) -> list[str]:
        return [hit["field"] for hit in diptych("search", query, "-a", archive, "--json").json["hits"]]

    assert fields("librar") == []
    assert fields("librar*") == ["target"]
    assert fields("PEKING university") == ["target", "target"]
    assert fields('"university peking"') == []
    assert fields("图书馆 peking") != []
    assert diptych("search", "nowhere", "-a", archive, "--json").json["hits"] == []


def test_a_long_text_is_cut_to_a_piece_round_the_hit(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text(f"Headline\n\n{'many words ' * 60}quokka {'and more ' * 60}.\n", "utf-8")
    assert diptych("import", tmp_path / "long.txt", "-a", archive).code == 0
    (hit,) = diptych("search", "quokka", "-a", archive, "--json").json["hits"]
    assert len(hit["snippet"]) < 130
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["quokka"]


def test_the_concordance_tells_both_texts(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    identity = story(diptych, archive, tmp_path)
    (hit,) = diptych("memory", "concordance", "图书馆", "-a", archive, "--json").json["hits"]
    assert hit["source"] == "学生们来到图书馆。"
    assert hit["target"] == "The students came to the library."
    assert hit["story_id"] == identity
    assert hit["story"]
    assert [hit["source"][a:b] for a, b in hit["source_marks"]] == ["图书馆"]
    assert hit["target_marks"] == []
    assert (hit["layer"], hit["origin"]) == ("draft", hit["story"])
    said = diptych("memory", "concordance", "library", "-a", archive).out
    assert "学生们来到图书馆。" in said
    assert "The students came to the [library]." in said


def test_a_search_in_the_memory(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    identity = story(diptych, archive, tmp_path)
    (hit,) = diptych("search", "library", "--in", "memory", "-a", archive, "--json").json["hits"]
    assert (hit["kind"], hit["id"], hit["field"]) == ("memory", identity, "target")
    assert [hit["snippet"][a:b] for a, b in hit["marks"]] == ["library"]


def test_the_search_can_be_built_anew(diptych: Diptych, archive: Path, tmp_path: Path) -> None:
    story(diptych, archive, tmp_path)
    assert diptych("verify", "--rebuild-search", "-a", archive).code == 0
    assert len(diptych("search", "图书馆", "-a", archive, "--json").json["hits"]) == 1
