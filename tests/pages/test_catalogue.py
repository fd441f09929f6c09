"""Every Chinese word of the interface has its English, and no English is left over."""

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from app.pages.rendering import CATALOGUE, TEMPLATES

HOW = "see locale/README.md"


def words_in_templates() -> set[str]:
    """Every text that a template marks for translation."""
    found = extract_from_dir(
        TEMPLATES,
        method_map=[("**.html", "jinja2")],
        options_map={"**.html": {"silent": "false", "newstyle_gettext": "true"}},
    )
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def test_the_catalogue_is_up_to_date_and_nothing_is_untranslated() -> None:
    with CATALOGUE.open("rb") as file:
        catalogue = read_po(file, locale="en")
    held = {
        message.id if isinstance(message.id, str) else message.id[0]: message.string
        for message in catalogue
        if message.id
    }
    in_templates = words_in_templates()
    assert len(in_templates) > 50
    assert in_templates - set(held) == set(), HOW
    assert set(held) - in_templates == set(), HOW
    empty = [word for word, english in held.items() if not english or not all(english)]
    assert empty == [], HOW
    assert not any(message.fuzzy for message in catalogue if message.id), HOW
