"""Score answers to questions with known answers.

``facts`` → ``asking`` a ``System`` → ``scores`` by ``measures`` → ``runs`` → ``page``, ``formats``,
``compare``.
"""
