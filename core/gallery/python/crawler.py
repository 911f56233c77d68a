import asyncio

import aiohttp


async def fetch(session, url):
    print(f'发送请求:{url}')
    async with session.get(url, verify_ssl=False) as response:
        text = await response.text()
        print(f'得到结果:{url},长度:{len(text)}')
        return text


async def main():
    async with aiohttp.ClientSession() as session:
        url_list = [
            'https://www.python.org/',
            'https://www.baidu.com/',
            'https://gitee.com/'
        ]
        tasks = [asyncio.create_task(fetch(session, url)) for url in url_list]
        done, pending = await asyncio.wait(tasks)
        print(done)
        print(pending)


if __name__ == '__main__':
    loop = asyncio.get_event_loop()
    loop.run_until_complete(main())
