"""What the server makes of ``app.py`` before anybody visits."""

import subprocess
import sys

from tests.demo.built import PROJECT

ASKED = """
import app
from streamlit.runtime.pages_manager import PagesManager
print(PagesManager("app.py") and PagesManager.uses_pages_directory)
"""


def test_the_first_visitor_may_come_by_a_deep_link_without_being_told_page_not_found():
    """Streamlit's own menu of the folder pages/ is off before the first script runs."""
    done = subprocess.run(
        [sys.executable, "-c", ASKED],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.stdout.strip() == "False", done.stderr
