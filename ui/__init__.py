"""The Gradio app. Imports ``assistant`` only."""
