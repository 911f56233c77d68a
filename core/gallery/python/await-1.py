import asyncio


async def func():
    print('hello')
    await asyncio.sleep(2)
    print('world')


asyncio.run(func())
