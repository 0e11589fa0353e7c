import hmac

import pytest

from qa_service.api.dependencies import same_key


@pytest.mark.parametrize("given", ["", "secre", "secret ", "Secret", "secret\x00", "sécret"])
def test_only_the_very_same_key_is_the_same(given: str) -> None:
    assert not same_key(given, "secret")
    assert same_key("secret", "secret")


def test_keys_are_compared_as_hashes_of_one_length_and_in_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[tuple[bytes, bytes]] = []
    really = hmac.compare_digest

    def compare(given: bytes, wanted: bytes) -> bool:
        seen.append((given, wanted))
        return really(given, wanted)

    monkeypatch.setattr(hmac, "compare_digest", compare)
    same_key("x", "a much longer key than that")
    assert [(len(given), len(wanted)) for given, wanted in seen] == [(32, 32)]
