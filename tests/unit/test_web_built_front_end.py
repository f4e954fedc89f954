"""Finding the built files of an entry in Vite's manifest."""

import pytest

from trigpoint.web.templatetags.frontend import built_entry

MANIFEST = {
    "src/main.ts": {"file": "assets/main-1.js", "css": ["assets/main-1.css"]},
    "src/map.ts": {
        "file": "assets/map-2.js",
        "imports": ["_shared.js", "_again.js"],
        "css": ["assets/map-2.css"],
    },
    "_shared.js": {"file": "assets/shared-3.js", "css": ["assets/shared-3.css"], "imports": ["_again.js"]},
    "_again.js": {"file": "assets/again-4.js", "imports": ["_shared.js"], "css": ["assets/shared-3.css"]},
}


def test_an_entry_brings_the_styles_of_what_it_imports_once_each():
    built = built_entry(MANIFEST, "src/map.ts")
    assert built.script == "assets/map-2.js"
    assert sorted(built.styles) == ["assets/map-2.css", "assets/shared-3.css"]


def test_an_entry_that_was_not_built_is_an_error_and_not_a_blank_page():
    with pytest.raises(KeyError):
        built_entry(MANIFEST, "src/absent.ts")
