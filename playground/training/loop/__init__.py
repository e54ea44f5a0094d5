"""TrainingRun: one update after another, and what a run may begin with."""
