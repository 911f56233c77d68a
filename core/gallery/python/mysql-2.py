import asyncio

import aiomysql


async def execute(host, password):
    print(f'开始执行:{host}')
    # 网络IO操作:先去连接host1,遇到IO则自动切换任务,去连接host2
    conn = await aiomysql.connect(
        host=host,
        port=3306,
        user='root',
        password=password,
        db='mysql'
    )

    # 网络IO操作:遇到IO会自动切换任务
    cur = await conn.cursor()

    # 网络IO操作:遇到IO会自动切换任务
    await cur.execute('select Host, User from user')

    # 网络IO操作:遇到IO会自动切换任务
    result = await cur.fetchall()
    print(result)

    # 网络IO操作:遇到IO会自动切换任务
    await cur.close()
    conn.close()
    print(f'执行结束:{host}')


task_list = [
    execute('host1', 'password'),
    execute('host2', 'password')
]

asyncio.run(asyncio.wait(task_list))
