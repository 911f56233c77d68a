import asyncio
import uvloop

asyncio.set_event_loop_policy(uvloop.EventLoopPolicy())

# 编写asyncio的代码,于之前写的代码一样
# 内部的事件循环会自动变成uvloop

asyncio.run(func())

# 或者,你也可以手动创建一个循环实例,使用:

loop = uvloop.new_event_loop()
asyncio.set_event_loop(loop)
