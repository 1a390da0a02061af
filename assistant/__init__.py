"""Question → Answer: reading questions, retrieval, quotation, verification, CLI.

Imports ``index``, ``ingest`` and ``prompts``. Importing this package loads neither torch,
gradio nor llama_index.
"""
