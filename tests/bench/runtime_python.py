# SPDX-FileCopyrightText: 2026 The Coroscope authors
# SPDX-License-Identifier: MIT

# runtime_python.py SYSTEM CASE: what bench_runtime --case CASE does, with Python's asyncio, uvloop, gevent, greenlet
# or generators. Prints one JSON object: {"case","system","n","value"}, in the unit of compare_runtime.py.
import asyncio
import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

SLEEPERS, SLEEP, LONG = 50_000, 0.5, 60


def resident_kb():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4


def nanoseconds(start, n):
    return (time.perf_counter() - start) / n * 1e9


# --- asyncio, on its own loop or on uvloop ----------------------------------------------------------------------

async def trivial(x):
    return x


def one():
    return 1


async def yield_often(n):
    for _ in range(n):
        await asyncio.sleep(0)


async def asyncio_yield(n):
    start = time.perf_counter()
    await asyncio.gather(yield_often(n // 2), yield_often(n // 2))
    return nanoseconds(start, n)


async def sleep_once(seconds):
    await asyncio.sleep(seconds)


async def asyncio_sleepers(n):
    start = time.perf_counter()
    tasks = [asyncio.create_task(sleep_once(SLEEP)) for _ in range(n)]
    for task in tasks:
        await task
    return (time.perf_counter() - start - SLEEP) / n * 1e6


async def asyncio_memory(n):
    before = resident_kb()
    tasks = [asyncio.create_task(sleep_once(LONG)) for _ in range(n)]
    await asyncio.sleep(SLEEP)  # they have begun
    memory = (resident_kb() - before) / n
    for task in tasks:
        task.cancel()
    return memory


async def asyncio_spawn(n):
    start = time.perf_counter()
    for i in range(n):
        await asyncio.create_task(trivial(i))
    return nanoseconds(start, n)


async def asyncio_future(n):
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    for _ in range(n):
        future = loop.create_future()
        loop.call_soon(future.set_result, 1)
        await future
    return nanoseconds(start, n)


async def asyncio_executor(n):
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as executor:
        start = time.perf_counter()
        for _ in range(n):
            await loop.run_in_executor(executor, one)
        return nanoseconds(start, n)


async def numbers(n):
    for i in range(n):
        yield i


async def asyncio_async_generator(n):
    start = time.perf_counter()
    async for _ in numbers(n):
        pass
    return nanoseconds(start, n)


async def asyncio_lock(n):
    lock = asyncio.Lock()

    async def take_often(times):
        for _ in range(times):
            async with lock:
                await asyncio.sleep(0)

    start = time.perf_counter()
    await asyncio.gather(take_often(n // 2), take_often(n // 2))
    return nanoseconds(start, n)


async def asyncio_queue(n):
    queue = asyncio.Queue(16)

    async def put_often():
        for i in range(n):
            await queue.put(i)

    async def get_often():
        for _ in range(n):
            await queue.get()

    start = time.perf_counter()
    await asyncio.gather(put_often(), get_often())
    return nanoseconds(start, n)


# --- greenlets --------------------------------------------------------------------------------------------------

def gevent_yield(n):
    import gevent

    def often(times):
        for _ in range(times):
            gevent.sleep(0)

    start = time.perf_counter()
    gevent.joinall([gevent.spawn(often, n // 2), gevent.spawn(often, n // 2)])
    return nanoseconds(start, n)


def gevent_sleepers(n):
    import gevent

    start = time.perf_counter()
    gevent.joinall([gevent.spawn(gevent.sleep, SLEEP) for _ in range(n)])
    return (time.perf_counter() - start - SLEEP) / n * 1e6


def gevent_memory(n):
    import gevent

    begun = [0]

    def sleep_once():
        begun[0] += 1
        gevent.sleep(LONG)

    before = resident_kb()
    tasks = [gevent.spawn(sleep_once) for _ in range(n)]
    while begun[0] < n:
        gevent.sleep(0.01)
    memory = (resident_kb() - before) / n
    gevent.killall(tasks)
    return memory


def gevent_spawn(n):
    import gevent

    start = time.perf_counter()
    for i in range(n):
        gevent.spawn(lambda x: x, i).get()
    return nanoseconds(start, n)


def gevent_future(n):
    import gevent
    from gevent.event import AsyncResult

    loop = gevent.get_hub().loop
    start = time.perf_counter()
    for _ in range(n):
        future = AsyncResult()
        loop.run_callback(future.set, 1)
        future.get()
    return nanoseconds(start, n)


def gevent_executor(n):
    from gevent.threadpool import ThreadPool

    pool = ThreadPool(1)
    start = time.perf_counter()
    for _ in range(n):
        pool.spawn(one).get()
    result = nanoseconds(start, n)
    pool.kill()
    return result


def greenlet_switch(n):
    from greenlet import greenlet

    def first():
        for _ in range(n // 2):
            second.switch()

    def other():
        while True:
            opening.switch()

    opening = greenlet(first)
    second = greenlet(other)
    start = time.perf_counter()
    opening.switch()
    return nanoseconds(start, n)


# --- generators -------------------------------------------------------------------------------------------------

def generator_generator(n):
    def values():
        for i in range(n):
            yield i

    start = time.perf_counter()
    for _ in values():
        pass
    return nanoseconds(start, n)


COUNTS = {"yield": 200_000, "sleepers": SLEEPERS, "memory": SLEEPERS, "spawn": 50_000, "future": 100_000,
          "executor": 10_000, "switch": 1_000_000, "generator": 1_000_000, "async-generator": 1_000_000,
          "lock": 100_000, "queue": 100_000}


def measured(system, case, n):
    name = case.replace("-", "_")
    if system in ("asyncio", "uvloop"):
        function = globals()["asyncio_" + name]
        if system == "uvloop":
            import uvloop
            uvloop.install()
        return asyncio.run(function(n))
    return globals()[f"{system}_{name}"](n)


def main():
    system, case = sys.argv[1:]
    n = COUNTS[case]
    print(json.dumps({"case": case, "system": system, "n": n, "value": measured(system, case, n)}))


main()
