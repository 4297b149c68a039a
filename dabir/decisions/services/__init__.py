"""The acts of the register: decide, commit, report, verify, correct, draw up and freeze reports."""
