"""The parts every page is built from, behind `{% load dabir %}`."""
