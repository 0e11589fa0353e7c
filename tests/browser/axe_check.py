"""Runs axe-core, which lies beside this file under its own licence, on a page."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_SOURCE = Path(__file__).parent / "axe" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong with the page as it stands, a line each.

    Through the debugging protocol, as the pages' own policy lets no script in.
    """
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": _SOURCE.read_text(encoding="utf-8")})
    rules = json.dumps({"runOnly": {"type": "tag", "values": _TAGS}})
    expression = f"axe.run(document, {rules}).then(found => JSON.stringify(found.violations))"
    answer = session.send(
        "Runtime.evaluate", {"expression": expression, "awaitPromise": True, "returnByValue": True}
    )
    session.detach()
    found: list[dict[str, Any]] = json.loads(answer["result"]["value"])
    return [
        f"{each['id']}: {node['html'][:160]} ({node.get('failureSummary', '')[:300]})"
        for each in found
        for node in each["nodes"]
    ]
