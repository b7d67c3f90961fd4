"""The engine: seven layers, carried by one loop.

1. signal        what the outside says, normalised, with its age and quality
2. planning      what the month should look like, inside the bounds
3. creative      which variants of an approved concept to try
4. execution     makes the platforms agree with what was decided
5. optimisation  what to change today, with the evidence
6. attribution   which money came from where, by more than one view
7. reporting     what people see, from the same figures

The layers never import each other: ``engine/loop.py`` carries values between them. Read it first.
"""
