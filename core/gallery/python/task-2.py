import asyncio


async def func():
    print(1)
    await asyncio.sleep(1)
    print(2)
    return '返回值'


async def main():
    print('main函数开始执行')
    # 创建Task对象,将当前执行的func函数添加到事件循环
    task_list = [
        asyncio.create_task(func(), name='n1'),
        asyncio.create_task(func(), name='n2')
    ]
    print('main函数执行结束')

    # 简单等待
    # https://docs.python.org/zh-cn/3/library/asyncio-task.html#waiting-primitives
    done, pending = await asyncio.wait(task_list, timeout=None)
    print(done)
    print(pending)


asyncio.run(main())
