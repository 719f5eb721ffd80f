"""Coverage-guided fuzzing of what takes text from outside: `make fuzz` (time-boxed; ARGS="--seconds 60 parser")."""
