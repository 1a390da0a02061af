"""Questions of other forms as cases: SQuAD, BEIR and MTEB, RAGAS, CSV."""
