"""Setting up, serving, testing and checking Hjemvej: what the Makefile's targets do.

Standard library only, for it runs before anything is installed.
"""
