import asyncio

import aiomysql


async def execute():
    # 网络IO操作:连接MySQL
    conn = await aiomysql.connect(
        host='host',
        port=3306,
        user='user',
        password='password',
        db='mysql'
    )

    # 网络IO操作:创建cursor
    cur = await conn.cursor()

    # 网络IO操作:执行SQL
    await cur.execute('select Host, User from user')

    # 网络IO操作:获取SQL结果
    result = await cur.fetchall()
    print(result)

    # 网络IO操作:关闭连接
    await cur.close()
    conn.close()


asyncio.run(execute())
