"""Ctrl-C is put off, and not lost."""

from __future__ import annotations

import signal
import threading

import pytest

from pipelines.shield import shielded


def test_ctrl_c_takes_effect_when_the_block_has_ended() -> None:
    done = []

    def work() -> None:
        with shielded():
            signal.raise_signal(signal.SIGINT)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["all of it"]


def test_an_error_in_the_block_is_told_and_the_handler_is_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(ValueError, match="x"), shielded():
        raise ValueError("x")
    assert signal.getsignal(signal.SIGINT) is before


def test_another_thread_is_none_of_its_business() -> None:
    done = []

    def work() -> None:
        with shielded():
            done.append(1)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [1]
