"""What a learner's program prints, made safe to keep and to show: capped, decoded, without control sequences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

KEPT = 256 * 1024  # bytes of output that are kept
FLOOD = 32 * 1024 * 1024  # bytes after which the program is stopped

ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor, clear
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|$)"  # OSC, DCS, SOS, PM, APC: titles, clipboard
    r"|\x1b[ -/]*[0-~]",  # two-character sequences
    re.DOTALL,
)
# C0 but tab and newline, DEL, C1, and the characters that reorder or hide text.
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
# TensorFlow's native libraries log to the same descriptor; no setting silences all of these lines.
NOISE = re.compile(
    r"^(?:[IWE]0000 00:00:\S+\s.*|WARNING: All log messages before absl::InitializeLog\(\).*"
    r"|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d+: [IWE] (?:tensorflow|external)/.*"
    r"|To enable the following instructions: .*rebuild TensorFlow.*)\n?",
    re.MULTILINE,
)


def clean(data: bytes) -> str:
    """Decode, drop TensorFlow's own log lines, and remove everything that could steer a terminal."""
    text = data.decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", ESCAPES.sub("", NOISE.sub("", text)))


@dataclass
class Capture:
    """Bytes of one run's output: keeps the first `KEPT`, counts the rest."""

    kept: bytearray = field(default_factory=bytearray)
    total: int = 0

    def add(self, data: bytes) -> None:
        """Take a piece as it was read."""
        self.total += len(data)
        room = KEPT - len(self.kept)
        if room > 0:
            self.kept += data[:room]

    @property
    def flooded(self) -> bool:
        """Whether the program printed more than anyone can want."""
        return self.total > FLOOD

    @property
    def dropped(self) -> int:
        """Bytes that were not kept."""
        return max(self.total - len(self.kept), 0)

    @property
    def text(self) -> str:
        """Everything kept, cleaned."""
        return clean(bytes(self.kept))
