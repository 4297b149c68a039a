from dabir.text.digits import localize_digits, to_arabic, to_latin, to_persian


def test_to_persian_writes_latin_and_arabic_digits_persian() -> None:
    assert to_persian("25 and ٢٥ and ۲۵") == "۲۵ and ۲۵ and ۲۵"


def test_to_latin_writes_persian_and_arabic_digits_latin() -> None:
    assert to_latin("۱۲۳٤٥٦7890") == "1234567890"


def test_to_arabic_writes_arabic_digits() -> None:
    assert to_arabic("۴۵۶ 456") == "٤٥٦ ٤٥٦"


def test_localize_digits_follows_the_language() -> None:
    assert localize_digits("clause 12", "fa") == "clause ۱۲"
    assert localize_digits("clause 12", "fa-IR") == "clause ۱۲"
    assert localize_digits("بند ۱۲", "en") == "بند 12"
    assert localize_digits("بند ۱۲", "zh") == "بند 12"
