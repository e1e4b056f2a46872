import os

from bench.processes import ProcessorTime, Stat, parse_stat


def test_name_and_processor_time_are_read_from_a_stat_file() -> None:
    ticks = os.sysconf("SC_CLK_TCK")
    fields = ["S", *["0"] * 10, *(str(seconds * ticks) for seconds in (3, 2, 7, 1)), *["0"] * 20]
    assert parse_stat(f"17 (plangraf) front) {' '.join(fields)}") == Stat("plangraf) front", 5.0, 8.0)


def test_a_process_that_has_ended_has_no_processor_time() -> None:
    assert parse_stat("") == Stat("", 0.0, 0.0)


def test_processor_time_since_a_moment_is_a_difference() -> None:
    assert ProcessorTime(3.0, 2.0).since(ProcessorTime(1.0, 0.5)) == ProcessorTime(2.0, 1.5)
