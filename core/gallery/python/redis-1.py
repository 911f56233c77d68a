import asyncio

import aioredis


async def execute(uri, password, db):
    print(f'开始执行:{uri}')
    # 网络IO操作:创建Redis链接
    redis = await aioredis.from_url(uri, password=password, db=db, decode_responses=True)

    # 网络IO操作:
    # 在Redis中设置哈希值car,内部再设置三个键值对,即:
    # redis = { car: { key1: 1, key2: 2, key3: 3 } }
    await redis.hset('car', mapping={'key1': 1, 'key2': 2, 'key3': 3})

    # 网络IO操作:去Redis中获取值
    result = await redis.hgetall('car')
    print(result)

    # 网络IO操作:关闭Redis连接
    await redis.close()
    print(f'执行结束:{uri}')


asyncio.run(execute('redis://host:6379', 'password', 1))
