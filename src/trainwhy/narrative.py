"""Words for what a run's numbers say, made by rules: pure, and the same in every face."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from trainwhy.results import Epoch, Value

SAME = 0.001  # a loss that changed by less than a thousandth has not gone anywhere in one epoch
STILL = 0.01  # over a whole run, a hundredth of the way is no movement
LITTLE = 0.02  # of the loss at the start: what is left to fall late in a healthy run
HALF = (0.45, 0.55)
DOUBLE = 2.0
MANY_TIMES = 10.0
NEARLY_ALL = 0.995
ROUNDS_TO_ONE = 0.9995


# ------------------------------------------------------------------------------------------- numbers


def number(x: float, digits: int = 3) -> str:
    """Write a number with three significant digits, NaN and infinity as words."""
    if math.isnan(x):
        return "NaN"
    if math.isinf(x):
        return "infinity" if x > 0 else "-infinity"
    if x == 0:
        return "0"
    return _stripped(_digits(x, digits))


def column_number(x: float) -> str:
    """Write a number with its three digits even where they are zeros, so that a column lines up."""
    return _digits(x, 3) if math.isfinite(x) and x else number(x)


def loss_number(x: float) -> str:
    """Write a loss: three decimals for the common ones (7.854), so that a column lines up."""
    if not math.isfinite(x) or x == 0:
        return number(x) if x else "0.000"
    return _digits(x, 4 if abs(x) >= ROUNDS_TO_ONE else 3)


def value(x: Value) -> str:
    """Write a measured value of any kind; counts are never rounded."""
    if isinstance(x, bool):
        return "yes" if x else "no"
    if isinstance(x, int):
        return count(x)
    if isinstance(x, float):
        return number(x)
    return "none" if x is None else x


def count(n: int) -> str:
    """Write a count with thousands separators."""
    return f"{n:,}"


def plural(n: int, noun: str, many: str = "") -> str:
    """Write a count with its noun: 1 step, 4,096 steps."""
    return f"{count(n)} {noun if n == 1 else many or noun + 's'}"


def percent(share: float) -> str:
    """Write a share as a percentage: 12 %."""
    return f"{number(100 * share, 2)} %"


def _digits(x: float, digits: int) -> str:
    mantissa, _, exponent = f"{x:.{digits - 1}e}".partition("e")
    size = int(exponent)
    if size < -4 or size >= 6:  # noqa: PLR2004 - beyond these, zeros are harder to count than an exponent is to read
        return f"{mantissa}e{size}"
    return f"{float(f'{mantissa}e{size}'):,.{max(0, digits - 1 - size)}f}"


def _stripped(text: str) -> str:
    mantissa, sign, exponent = text.partition("e")
    return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + sign + exponent


# ------------------------------------------------------------------------------------------- one epoch


def happened(epoch: Epoch, previous_loss: float | None, start_loss: float | None) -> str:
    """Say what this epoch did, in a few words: the last column of the table."""
    words = _happened(epoch, previous_loss if previous_loss is not None else start_loss, start_loss)
    if _says_otherwise(epoch):
        return f"{words}; reported {number(epoch.reported or 0.0)}"
    return words


def _happened(epoch: Epoch, before: float | None, start: float | None) -> str:
    if not math.isfinite(epoch.loss):
        still = before is not None and number(before) == number(epoch.loss)
        return f"{'is still' if still else 'became'} {_infinite(epoch.loss)}"
    if epoch.variables and not epoch.weights_moved:
        return "no weight changed"
    if before is None:
        return "the first measurement"
    if not math.isfinite(before):
        return "became a number again"
    return _moved(epoch.loss, before, start)


def _infinite(loss: float) -> str:
    return "NaN" if math.isnan(loss) else "infinite" if loss > 0 else "minus infinite"


def _says_otherwise(epoch: Epoch) -> bool:
    """Tell whether the loss that the step returns has the other sign: its print shows the opposite of the truth."""
    reported = epoch.reported
    return reported is not None and math.isfinite(reported) and reported < 0 < epoch.loss


def _moved(loss: float, before: float, start: float | None) -> str:
    scale = abs(before) or abs(start or 0.0) or 1.0
    change = (loss - before) / scale
    if loss == before:
        return "stayed the same"
    if abs(change) < SAME:
        return "hardly changed"
    if change > 0:
        return _rose(change)
    return _fell(-change, late=start is not None and before - loss < LITTLE * abs(start))


def _rose(change: float) -> str:
    times = 1 + change
    if times < DOUBLE * 0.95:
        return f"rose {percent(change)}"
    if times < DOUBLE * 1.05:
        return "doubled"
    return f"rose {number(times, 2 if times < MANY_TIMES else 3)}-fold"


def _fell(share: float, *, late: bool) -> str:
    if share > NEARLY_ALL:
        return "fell to almost nothing"
    if late:
        return "still falling a little"
    return "fell by half" if HALF[0] <= share <= HALF[1] else f"fell {percent(share)}"


# ------------------------------------------------------------------------------------------- a whole run


def trend(start_loss: float | None, epochs: Sequence[Epoch]) -> str:
    """Say what the loss did over the run: falls, same, rises, nan, or nothing when one number is all there is."""
    losses = _losses(start_loss, epochs)
    if any(math.isnan(loss) for loss in losses):
        return "nan"
    if len(losses) < 2:  # noqa: PLR2004 - a trend needs two points
        return ""
    first, last = losses[0], losses[-1]
    if first == last or (math.isfinite(first) and abs(last - first) <= STILL * abs(first)):
        return "same"
    return "falls" if last < first else "rises"


def course_of(epochs: Sequence[Epoch], start_loss: float | None = None) -> str:
    """Say where a loss went, to follow "yours" or "healthy": falls to 0.251, becomes NaN in epoch 3."""
    losses = _losses(start_loss, epochs)
    if not losses:
        return "has no loss yet"
    broken = next((one for one in epochs if not math.isfinite(one.loss)), None)
    if broken is not None:
        return f"becomes {_infinite(broken.loss)} in epoch {broken.epoch}"
    if len(losses) == 1:
        return f"is {_short(losses[0])}"
    return _went(losses, [*range(len(losses) - len(epochs)), *(one.epoch for one in epochs)], trend(start_loss, epochs))


def _went(losses: Sequence[float], at: Sequence[int], direction: str) -> str:
    last, lowest = losses[-1], min(losses)
    spread = max(losses) - lowest
    if lowest < losses[0] and last - lowest > 0.25 * spread and losses.index(lowest) not in (0, len(losses) - 1):
        return f"dips to {_short(lowest)} in epoch {at[losses.index(lowest)]}, then climbs to {_short(last)}"
    verb = {"falls": "falls to", "rises": "rises to"}.get(direction, "stays at")
    return f"{verb} {_short(last)}"


def curve_sentence(epochs: Sequence[Epoch], reference: Sequence[Epoch] = (), start_loss: float | None = None) -> str:
    """Say in one sentence what the drawn curves show."""
    if not epochs:
        return ""
    yours = f"Your loss {course_of(epochs, start_loss)}"
    return f"{yours}; the healthy one {course_of(reference, start_loss)}." if reference else f"{yours}."


def _short(loss: float) -> str:
    return _stripped(loss_number(loss))


def short_loss(loss: float) -> str:
    """Write a loss inside a sentence: as in the table, without the zeros that only line up a column."""
    return _short(loss)


def _losses(start_loss: float | None, epochs: Sequence[Epoch]) -> list[float]:
    return ([] if start_loss is None else [start_loss]) + [one.loss for one in epochs]
