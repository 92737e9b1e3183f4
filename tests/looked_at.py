"""A report in every face, whatever is in it."""

from __future__ import annotations

import json as standard
import random

import jsonschema

from trainwhy.faces import concise, json, plain, terminal
from trainwhy.faces.style import Style
from trainwhy.results import Report


def shown(report: Report, chance: random.Random) -> None:
    look = Style(width=chance.choice((40, 80, 140)), color=True, unicode=chance.random() < 0.5, links=False)
    texts = [face.report(look, report, help=True) for face in (terminal, plain)]
    texts += ["\n".join(concise.lines(report)), json.document([report])]
    for text in texts:
        text.encode()
        assert "\x1b[2J" not in text
    if chance.random() < 0.2:
        jsonschema.validate(standard.loads(texts[-1]), json.schema())
