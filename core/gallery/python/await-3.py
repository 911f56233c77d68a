import asyncio


async def others():
    print('start')
    await asyncio.sleep(2)
    print('end')
    return '返回值'


async def func():
    print('执行协程函数内部代码')
    # 遇到 IO 操作挂起当前协程(任务),等 IO 操作完成之后再继续往下执行。
    # 当前协程挂起时,事件循环可以去执行其他协程(任务)。
    response1 = await others()
    print(f'response1请求结束,结果为:{response1}')

    response2 = await others()
    print(f'response2 请求结束,结果为:{response2}')


asyncio.run(func())
