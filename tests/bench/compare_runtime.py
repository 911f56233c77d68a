# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT
"""The cases of tests/bench/compare that are about the runtime: ours (bench_runtime) beside Python's."""
import json
import os
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3"

# Case: (unit, systems beside ours). "ours" isn't recorded; "ours, recorded" is, as while a window is open.
CASES = {
    "yield": ("ns", ["ours, recorded", "asyncio", "uvloop", "gevent"]),  # one task to another, through the loop
    "sleepers": ("us", ["asyncio", "uvloop", "gevent"]),  # 50,000 tasks of 0.5 s: each, over the sleep
    "memory": ("KB", ["asyncio", "uvloop", "gevent"]),  # a sleeping task
    "spawn": ("ns", ["ours, recorded", "asyncio", "uvloop", "gevent"]),  # create a task and await it
    "future": ("ns", ["ours, recorded", "asyncio", "uvloop", "gevent"]),  # set by the loop and awaited
    "executor": ("ns", ["asyncio", "uvloop", "gevent"]),  # one thread, there and back
    "switch": ("ns", ["greenlet"]),  # hand-over, without the loop
    "generator": ("ns", ["generator"]),  # a value
    "async-generator": ("ns", ["asyncio"]),  # a value that is there
    "lock": ("ns", ["asyncio", "uvloop"]),  # taken in turn by two tasks that yield in between
    "queue": ("ns", ["asyncio", "uvloop"]),  # of 16, a value from one task to another
}
PACKAGES = {"uvloop": "uvloop", "gevent": "gevent", "greenlet": "greenlet"}


def missing(system):
    if not os.path.exists(PYTHON):
        return f"{PYTHON} is missing"
    package = PACKAGES.get(system)
    if package and subprocess.run([PYTHON, "-c", f"import {package}"], stderr=subprocess.DEVNULL).returncode:
        return f"{PYTHON} has no {package}"
    return None


def command(system, case, bench):
    if system.startswith("ours"):
        return [bench, "--case", case] + (["--recorded"] if "recorded" in system else [])
    return [PYTHON, os.path.join(HERE, "runtime_python.py"), system, case]


def case_of(case, report):
    """A case of compare: by turns, medians, ratios of ours to each."""
    def measure(options):
        unit, others = CASES[case]
        bench = os.path.join(os.path.dirname(options.ours), "tests/bench/bench_runtime")
        if not os.path.exists(bench):
            sys.exit(f"compare: {bench} is missing: cmake --build --preset bench --target bench_runtime")
        systems = []
        for system in ["ours"] + others:
            if options.system and system not in options.system:
                continue
            reason = None if system.startswith("ours") else missing(system)
            if reason:
                print(f"compare: left out: {system}: {reason}", file=sys.stderr)
            else:
                systems.append(system)
        values = {system: [] for system in systems}
        for n in range(1, options.rounds + 1):
            turn = n % len(systems)
            for system in systems[turn:] + systems[:turn]:
                done = subprocess.run(command(system, case, bench), stdout=subprocess.PIPE, check=False)
                if done.returncode:
                    print(f"compare: {system} failed ({done.returncode})", file=sys.stderr)
                    continue
                value = json.loads(done.stdout)["value"]
                values[system].append(value)
                report(case=case, system=system, n=n, unit=unit, value=round(value, 3))
        summarize(case, unit, values, report)
    return measure


def summarize(case, unit, values, report):
    medians = {system: statistics.median(found) for system, found in values.items() if found}
    ours = medians.get("ours")
    others = {system: value for system, value in medians.items() if not system.startswith("ours")}
    ratios = {system: round(ours / value, 4) for system, value in others.items()} if ours is not None else {}
    report(case=case, unit=unit, medians={system: round(value, 3) for system, value in medians.items()},
           ours_to_each=ratios, ours_to_best=max(ratios.values(), default=None))
