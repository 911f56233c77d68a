import asyncio


async def func(seconds):
    await asyncio.sleep(seconds)
    return seconds


async def main():
    task_list = [
        asyncio.create_task(func(0.5), name='n1'),
        asyncio.create_task(func(1.5), name='n2'),
        asyncio.create_task(func(3.0), name='n3')
    ]

    # https://docs.python.org/zh-cn/3/library/asyncio-task.html#waiting-primitives
    done, pending = await asyncio.wait(task_list, timeout=1)
    print(done)
    print(pending)

    done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
    print(done)
    print(pending)

    done, pending = await asyncio.wait(pending)
    print(done)
    print(pending)


asyncio.run(main())
