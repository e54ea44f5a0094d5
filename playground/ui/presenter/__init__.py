"""The stage, its beats and the lesson: what stands beside the tabs."""
