"""The read API: everything public for programs, described, versioned, in slices.

What it answers is made of the same allow-lists as the pages (`public.py` of each app). It only reads.
"""
