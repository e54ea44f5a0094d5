"""The mathematics: levels, schedules, denoisers and samplers. Only torch and numpy are needed."""
