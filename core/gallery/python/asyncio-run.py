import asyncio


# 创建“协程函数”
async def func():
    print('协程函数')


# 创建“协程对象”
result = func()

# 创建“事件循环”对象
# loop = asyncio.get_event_loop()
# 执行“事件循环”对象
# loop.run_until_complete(result)

# Python 3.7版本中引入的语法
asyncio.run(result)
