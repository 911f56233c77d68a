import asyncio

import aioredis


async def execute(uri, password, db):
    print(f'开始执行:{uri}')

    # 网络IO操作:先去连接redis://host1:6379,遇到IO则自动切换任务,去连接redis://host2:6379
    redis = await aioredis.from_url(uri, password=password, db=db, decode_responses=True)

    # 网络IO操作:遇到IO自动切换任务
    await redis.hset('car', mapping={'key1': 1, 'key2': 2, 'key3': 3})

    # 网络IO操作:遇到IO自动切换任务
    result = await redis.hgetall('car')
    print(result)

    # 网络IO操作:遇到IO自动切换任务
    await redis.close()
    print(f'执行结束:{uri}')


task_list = [
    execute('redis://host1:6379', 'password1', 1),
    execute('redis://host2:6379', 'password2', 2)
]

asyncio.run(asyncio.wait(task_list))
